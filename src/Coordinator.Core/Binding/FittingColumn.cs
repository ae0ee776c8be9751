using System.Text;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Checks whether a column can be written unchanged, with as few reads as possible.</summary>
internal static class FittingColumn
{
    public static bool IsFitting(in Column source, WarehouseColumn target)
    {
        if (source.Type != target.WireType && (source.Type, target.Type) is not (ColumnType.Decimal, WarehouseType.Decimal)) return false;
        if (source.HasNulls && !IsFittingNulls(source, target)) return false;
        return target.Type switch
        {
            WarehouseType.Float64 or WarehouseType.Boolean or WarehouseType.Uuid or WarehouseType.Bytes => true,
            WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64 => AllInRange(source, target),
            WarehouseType.Text => IsFittingText(source, target),
            WarehouseType.Float32 => All(source, row => ToDouble.IsInRange(row.Column.Double(row.Index), WarehouseType.Float32)),
            WarehouseType.Decimal when source.Type == ColumnType.Decimal && target.Minimum is null && target.Maximum is null =>
                All(source, row => ToDecimal.IsFitting(row.Column.Decimal(row.Index), target)),
            WarehouseType.Json => All(source, static row => IsFittingJson(row.Column.Bytes(row.Index).Span)),
            // Reading is the check: an invalid date throws.
            WarehouseType.Timestamp when target.Scale is null => All(source, static row => row.Column.Timestamp(row.Index) >= DateTime.MinValue),
            WarehouseType.TimestampTz when target.Scale is null => All(source, static row => row.Column.TimestampTz(row.Index) >= DateTime.MinValue),
            WarehouseType.Timestamp => All(source, row => row.Column.Timestamp(row.Index) is var time && ToTimestamp.Cut(time, target) == time),
            WarehouseType.TimestampTz => All(source, row => row.Column.TimestampTz(row.Index) is var time && ToTimestamp.Cut(time, target) == time),
            WarehouseType.Date => All(source, static row => row.Column.Date(row.Index) >= DateOnly.MinValue),
            _ => false,
        };
    }

    /// <summary>An absent value stays absent if there is a default, and a null stays null if the column is nullable.</summary>
    private static bool IsFittingNulls(in Column source, WarehouseColumn target)
    {
        if (source.HasAbsent && !target.HasDefault) return false;
        if (target.IsNullable) return true;
        for (var row = 0; row < source.RowCount; row++)
        {
            if (source.IsNull(row) && !source.IsAbsent(row)) return false;
        }

        return true;
    }

    private static bool AllInRange(in Column source, WarehouseColumn target)
    {
        var (minimum, maximum) = target.Int64Range;
        if (minimum == long.MinValue && maximum == long.MaxValue) return true;
        for (var row = 0; row < source.RowCount; row++)
        {
            if (source.Int64(row) is var value && (value < minimum || value > maximum) && !source.IsNull(row)) return false;
        }

        return true;
    }

    private static bool IsFittingJson(ReadOnlySpan<byte> json) =>
        JsonToken.Trim(json) is var trimmed && trimmed.Length == json.Length
            && !JsonToken.IsNull(json) && (JsonToken.IsNumber(json) || JsonText.IsValid(json));

    private static bool IsFittingText(in Column source, WarehouseColumn target)
    {
        var all = source.AllBytes();
        // ASCII without U+0000 is valid however it is split. Other text is checked value by value.
        if (all.Contains((byte)0) || !Ascii.IsValid(all)) return All(source, row => ToText.Misfit(row.Column.Bytes(row.Index).Span, target) is null);
        if (target.MaxLength is not { } longest || longest >= all.Length) return true;
        for (var row = 0; row < source.RowCount; row++)
        {
            if (source.Bytes(row).Length > longest) return false;
        }

        return true;
    }

    private static bool All(Column source, Func<(Column Column, int Index), bool> fits)
    {
        for (var row = 0; row < source.RowCount; row++)
        {
            if (!source.IsNull(row) && !fits((source, row))) return false;
        }

        return true;
    }
}
