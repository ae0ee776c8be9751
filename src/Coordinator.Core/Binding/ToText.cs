using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>Text: a number of a file or a JSON body as written, other types in invariant form, times as ISO 8601.</summary>
internal static class ToText
{
    private const string IsoTime = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";

    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        Span<byte> written = stackalloc byte[64];
        scoped var value = text;
        if (source.Type is not (ColumnType.Text or ColumnType.Json or ColumnType.Number)) value = written[..Format(source, row, written)];
        if (Misfit(value, target) is { } expected) return expected;
        into.Append(value);
        return null;
    }

    /// <summary>What would have fitted, or null if the text fits.</summary>
    public static string? Misfit(ReadOnlySpan<byte> text, WarehouseColumn target)
    {
        if (text.Contains((byte)0)) return "expected text without U+0000";
        if (!Utf8.IsValid(text)) return "expected valid UTF-8";
        if (target.IsSingleByte && !Ascii.IsValid(text)) return "expected characters of one byte (ASCII)";
        if (target.MaxLength is not { } longest || text.Length <= longest) return null;
        if (target.LengthUnit == LengthUnit.Bytes) return $"expected at most {longest} bytes";
        var characters = 0;
        foreach (var b in text) characters += (b & 0xC0) == 0x80 ? 0 : 1;
        return characters <= longest ? null : $"expected at most {longest} characters";
    }

    private static int Format(in Column source, int row, Span<byte> into)
    {
        var invariant = CultureInfo.InvariantCulture;
        int written;
        var fits = source.Type switch
        {
            ColumnType.Int64 => source.Int64(row).TryFormat(into, out written, default, invariant),
            ColumnType.Double => source.Double(row).TryFormat(into, out written, "R", invariant),
            ColumnType.Decimal => source.Decimal(row).TryFormat(into, out written, default, invariant),
            ColumnType.Boolean => Utf8.TryWrite(into, invariant, $"{(source.Boolean(row) ? "true" : "false")}", out written),
            ColumnType.Uuid => source.Uuid(row).TryFormat(into, out written, "D"),
            ColumnType.Date => source.Date(row).TryFormat(into, out written, "O", invariant),
            ColumnType.Timestamp => source.Timestamp(row).TryFormat(into, out written, IsoTime, invariant),
            ColumnType.TimestampTz => source.TimestampTz(row).TryFormat(into, out written, IsoTime + "'Z'", invariant),
            _ => throw new InvalidOperationException($"{source.Type} has no text."),
        };
        return fits ? written : throw new InvalidOperationException($"A {source.Type} value is longer than its text can be.");
    }
}
