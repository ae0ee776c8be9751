using System.Text;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Booleans, including the words that the warehouse accepts.</summary>
internal static class ToBoolean
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        if (source.Type == ColumnType.Boolean) into.Append(source.Boolean(row));
        else if (IsAny(text, "true"u8, "t"u8, "1"u8)) into.Append(true);
        else if (IsAny(text, "false"u8, "f"u8, "0"u8)) into.Append(false);
        else return "expected true, false, t, f, 1 or 0";
        return null;
    }

    private static bool IsAny(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, ReadOnlySpan<byte> letter, ReadOnlySpan<byte> digit) =>
        Ascii.EqualsIgnoreCase(text, word) || Ascii.EqualsIgnoreCase(text, letter) || text.SequenceEqual(digit);
}
