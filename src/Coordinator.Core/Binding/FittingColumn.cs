using System.Text;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Tells, reading no more than it must, whether a column can be written just as it is.</summary>
internal static class FittingColumn
{
    public static bool IsFitting(in Column source, WarehouseColumn target)
    {
        if (source.Type != target.WireType || (source.HasNulls && !target.IsNullable)) return false;
        return target.Type switch
        {
            WarehouseType.Int64 or WarehouseType.Float64 or WarehouseType.Boolean or WarehouseType.Uuid or WarehouseType.Bytes => true,
            WarehouseType.Int16 or WarehouseType.Int32 => AllInRange(source, target.Type),
            WarehouseType.Text => IsFittingText(source, target),
            WarehouseType.Float32 => All(source, row => ToDouble.IsInRange(row.Column.Double(row.Index), WarehouseType.Float32)),
            WarehouseType.Decimal => All(source, row => row.Column.Decimal(row.Index) is var value && ToDecimal.TryFit(value, target, out var fitted) && fitted == value),
            WarehouseType.Json => All(source, static row => JsonText.IsValid(row.Column.Bytes(row.Index).Span)),
            // Reading is the check: bits that are no date throw.
            WarehouseType.Timestamp => All(source, static row => row.Column.Timestamp(row.Index) >= DateTime.MinValue),
            WarehouseType.TimestampTz => All(source, static row => row.Column.TimestampTz(row.Index) >= DateTime.MinValue),
            WarehouseType.Date => All(source, static row => row.Column.Date(row.Index) >= DateOnly.MinValue),
            _ => false,
        };
    }

    private static bool AllInRange(in Column source, WarehouseType type)
    {
        for (var row = 0; row < source.RowCount; row++)
        {
            if (!ToInt64.IsInRange(source.Int64(row), type)) return false;
        }

        return true;
    }

    private static bool IsFittingText(in Column source, WarehouseColumn target)
    {
        var all = source.AllBytes();
        // ASCII without U+0000 is valid however it is cut; anything else is looked at value by value.
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
