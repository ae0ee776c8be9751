using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Coordinator.Files.Records;
using Coordinator.Core.Warehouses;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Compares stored with written values where the type leaves no choice: nulls, defaults, numbers, texts, documents.</summary>
internal static class NeighbourMeaning
{
    /// <summary>Whether the column stores the value with its original meaning.</summary>
    /// <param name="format">The format of the written value.</param>
    /// <param name="written">The value as written.</param>
    /// <param name="column">The target column.</param>
    /// <param name="stored">The stored value as text; null for null.</param>
    public static bool IsKept(RowFormat format, string written, WarehouseColumn column, string? stored)
    {
        if (format != RowFormat.Csv && written == NeighbourValues.Absent) return stored is null != column.HasDefault;
        if (format == RowFormat.Csv ? written.Length == 0 : written == "null") return stored is null;
        if (stored is null) return false;
        var text = format == RowFormat.Csv ? Unquoted(written) : written.StartsWith('"') ? JsonSerializer.Deserialize<string>(written)! : written;
        return column.Type switch
        {
            WarehouseType.Int16 or WarehouseType.Int32 or WarehouseType.Int64 or WarehouseType.Decimal => Exact(text) == Exact(stored),
            // char(n) is padded with blanks.
            WarehouseType.Text => text.TrimEnd(' ') == stored.TrimEnd(' '),
            WarehouseType.Json => JsonElement.DeepEquals(Document(format == RowFormat.Csv ? text : written), Document(stored)),
            WarehouseType.Float64 when column.TypeName.StartsWith("double", StringComparison.OrdinalIgnoreCase) => Real(text).Equals(Real(stored)),
            _ => true,
        };
    }

    private static string Unquoted(string field) => field.StartsWith('"') ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;

    private static JsonElement Document(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static double Real(string text) => double.Parse(text is "inf" or "-inf" ? text + "inity" : text, CultureInfo.InvariantCulture);

    /// <summary>The digits without trailing zeros, and the power of ten.</summary>
    private static (BigInteger Digits, int Power) Exact(string number)
    {
        var parts = number.ToUpperInvariant().Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var power = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - (point < 0 ? 0 : parts[0].Length - point - 1);
        var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        if (digits.IsZero) return (digits, 0);
        for (; digits % 10 == 0; power++) digits /= 10;
        return (digits, power);
    }
}
