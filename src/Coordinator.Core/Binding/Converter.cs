using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Appends one value, which is not null, to a column of the target's wire type.</summary>
/// <param name="source">The column with the value.</param>
/// <param name="row">The index of the row, from 0.</param>
/// <param name="text">The bytes of a value of variable width, with a JSON scalar already unwrapped; else empty.</param>
/// <param name="target">The target column.</param>
/// <param name="into">Receives the value.</param>
/// <returns>Null, or what would have fitted ("expected a whole number"); then nothing was appended.</returns>
internal delegate string? Converter(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into);
