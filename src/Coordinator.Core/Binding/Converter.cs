using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Appends one value, which is no null, to a column of the target's wire type.</summary>
/// <param name="source">The column that the value is in.</param>
/// <param name="row">Which row, from 0.</param>
/// <param name="text">The bytes of a value of variable width, a JSON scalar already unwrapped; else empty.</param>
/// <param name="target">The column that the value is for.</param>
/// <param name="into">Where to append.</param>
/// <returns>Null, or what would have fitted ("expected a whole number"); then nothing was appended.</returns>
internal delegate string? Converter(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into);
