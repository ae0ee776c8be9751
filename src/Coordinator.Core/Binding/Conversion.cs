using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>How values get into columns of one type, and from which types.</summary>
internal sealed record Conversion(Converter Convert, params IReadOnlyList<ColumnType> Sources)
{
    private readonly uint _sources = Sources.Aggregate(0U, static (bits, type) => bits | (1U << (int)type));

    public bool Takes(ColumnType source) => (_sources & (1U << (int)source)) != 0;
}
