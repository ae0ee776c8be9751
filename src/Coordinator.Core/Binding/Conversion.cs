using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>How values get into columns of one wire type, and from which types.</summary>
internal sealed record Conversion(Converter Convert, params IReadOnlyList<ColumnType> Sources)
{
    public bool Takes(ColumnType source) => Sources.Contains(source);
}
