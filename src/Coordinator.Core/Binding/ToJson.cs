using System.Globalization;
using Coordinator.Core.Warehouses;
using Coordinator.Rows;

namespace Coordinator.Core.Binding;

/// <summary>JSON documents; numbers and booleans are documents too. A JSON string stays a string; text is the text of a document.</summary>
internal static class ToJson
{
    public static string? Convert(in Column source, int row, ReadOnlySpan<byte> text, WarehouseColumn target, ColumnBuilder into)
    {
        Span<byte> written = stackalloc byte[64];
        var length = 0;
        switch (source.Type)
        {
            case ColumnType.Int64:
                _ = source.Int64(row).TryFormat(written, out length, default, CultureInfo.InvariantCulture);
                break;
            case ColumnType.Double:
                if (!double.IsFinite(source.Double(row))) return "expected a finite number, for JSON has no other";
                _ = source.Double(row).TryFormat(written, out length, "R", CultureInfo.InvariantCulture);
                break;
            case ColumnType.Decimal:
                _ = source.Decimal(row).TryFormat(written, out length, default, CultureInfo.InvariantCulture);
                break;
            case ColumnType.Boolean:
                into.Append(source.Boolean(row) ? "true"u8 : "false"u8);
                return null;
            case ColumnType.Number when !JsonToken.IsNumber(text):
                if (!ExactNumber.TryParse(text, out var number)) return "expected a number";
                return NumberText.Append(into, number, Math.Max(0, number.Scale), mayUseExponent: true);
            default:
                if (!JsonToken.IsNumber(text) && !JsonText.IsValid(text)) return "expected one valid JSON document without U+0000";
                into.Append(text);
                return null;
        }

        into.Append(written[..length]);
        return null;
    }
}
