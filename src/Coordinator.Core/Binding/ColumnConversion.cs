using Coordinator.Core.Warehouses;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Converts one column value by value, or says of each value why it does not fit.</summary>
internal static class ColumnConversion
{
    public static void Run(in Column source, WarehouseColumn target, ColumnBuilder into, List<RowError> errors)
    {
        var convert = Conversions.To(target.WireType).Convert;
        var mayAdd = RowBinder.MaxErrors;
        for (var row = 0; row < source.RowCount && mayAdd > 0; row++)
        {
            if (Value(source, row, target, into, convert) is not { } reason) continue;
            errors.Add(new RowError(row + 1L, target.Name, reason));
            mayAdd--;
        }
    }

    private static string? Value(in Column source, int row, WarehouseColumn target, ColumnBuilder into, Converter convert)
    {
        ReadOnlySpan<byte> text = [];
        var isNull = source.IsNull(row);
        if (!isNull && source.Type is ColumnType.Text or ColumnType.Json or ColumnType.Bytes)
        {
            text = source.Bytes(row).Span;
            if (source.Type == ColumnType.Json && target.WireType != ColumnType.Json)
            {
                if (!JsonText.TryUnwrap(text, out text, out var kind)) return Reason(source.Type, target, "expected valid JSON");
                if (kind == JsonKind.Compound && target.Type != WarehouseType.Text) return Reason(source.Type, target, "expected a single value, found an object or array");
                isNull = kind == JsonKind.Null;
            }
        }

        if (!isNull) return convert(source, row, text, target, into) is { } expected ? Reason(source.Type, target, expected) : null;
        if (!target.IsNullable) return $"null does not fit {target.TypeName} NOT NULL: expected a value.";
        into.AppendNull();
        return null;
    }

    private static string Reason(ColumnType type, WarehouseColumn target, string expected) => $"{type} value does not fit {target.TypeName}: {expected}.";
}
