using Coordinator.Core.Warehouses;
using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Converts a column value by value, or reports for each value why it does not fit. The result of a value does not depend on its
/// neighbours.</summary>
internal static class ColumnConversion
{
    /// <summary>Converts a column.</summary>
    /// <returns>False if the values would exceed the byte limit.</returns>
    public static bool Run(in Column source, WarehouseColumn target, ColumnBuilder into, long mayTakeBytes, List<RowError> errors)
    {
        var convert = Conversion.To(target.Type).Convert;
        var mayAdd = RowBinder.MaxErrors;
        for (var row = 0; row < source.RowCount && mayAdd > 0; row++)
        {
            if (into.SizeBytes > mayTakeBytes) return false;
            if (Value(source, row, target, into, convert) is not { } reason) continue;
            errors.Add(new RowError(row + 1L, target.Name, reason));
            mayAdd--;
        }

        return into.SizeBytes <= mayTakeBytes;
    }

    private static string? Value(in Column source, int row, WarehouseColumn target, ColumnBuilder into, Conversion.Converter convert)
    {
        if (source.IsAbsent(row)) return Absent(target, into);
        if (source.IsNull(row)) return Null(target, into);
        ReadOnlySpan<byte> text = [];
        switch (source.Type)
        {
            case ColumnType.Json when target.Type == WarehouseType.Json:
                text = JsonToken.Trim(source.Bytes(row).Span);
                if (JsonToken.IsNull(text)) return Null(target, into);
                break;
            case ColumnType.Json:
                if (!JsonToken.TryRead(source.Bytes(row).Span, out var token)) return Reason(source.Type, target, "expected valid JSON");
                if (token.Kind == JsonKind.Null) return Null(target, into);
                if (Misfit(token.Kind, target.Type) is { } misfit) return Reason(source.Type, target, misfit);
                text = token.Text;
                break;
            case ColumnType.Number:
                text = source.Bytes(row).Span;
                if (!ExactNumber.TryParse(text, out _)) return Reason(source.Type, target, "expected a number");
                break;
            case ColumnType.Text or ColumnType.Bytes:
                text = source.Bytes(row).Span;
                break;
            default:
                break;
        }

        return convert(source, row, text, target, into) is { } expected ? Reason(source.Type, target, expected) : null;
    }

    private static string? Absent(WarehouseColumn target, ColumnBuilder into)
    {
        if (target.HasDefault) into.AppendAbsent();
        else if (target.IsNullable) into.AppendNull();
        else return ColumnMatch.LeftOut(target);
        return null;
    }

    private static string? Null(WarehouseColumn target, ColumnBuilder into)
    {
        if (!target.IsNullable) return $"null does not fit {target.TypeName} NOT NULL: expected a value.";
        into.AppendNull();
        return null;
    }

    /// <summary>The error for every JSON value of a kind.</summary>
    private static string? Misfit(JsonKind kind, WarehouseType target) => (kind, target) switch
    {
        (_, WarehouseType.Text) or (JsonKind.String, _) => null,
        (JsonKind.Compound, _) => "expected a single value, found an object or array",
        (JsonKind.Number, WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64
            or WarehouseType.Float32 or WarehouseType.Float64) => null,
        (JsonKind.Number, WarehouseType.Decimal or WarehouseType.Boolean) or (JsonKind.Literal, WarehouseType.Boolean) => null,
        (JsonKind.Number, _) => "expected a string, found a number",
        _ => "found true or false",
    };

    private static string Reason(ColumnType type, WarehouseColumn target, string expected) =>
        $"{type} value does not fit {target.TypeName}: {expected}.";
}
