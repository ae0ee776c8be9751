using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>The conversion of values to columns of one type, and the supported source types.</summary>
internal sealed record Conversion(Converter Convert, params IReadOnlyList<ColumnType> Sources)
{
    private readonly uint _sources = Sources.Aggregate(0U, static (bits, type) => bits | (1U << (int)type));

    public bool Takes(ColumnType source) => (_sources & (1U << (int)source)) != 0;
}
