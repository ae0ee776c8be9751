using System.Globalization;
using Coordinator.Intents;

namespace Coordinator.Core.Sql;

/// <summary>Values as literals that PostgreSQL, Redshift and DuckDB read alike.</summary>
public static class SqlLiteral
{
    /// <exception cref="FormatException">The value cannot be written down: it holds a zero character, or is no instant.</exception>
    public static string Of(SqlParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (!parameter.IsInstant) return Quote(parameter.Name, parameter.Value);
        if (!DateTimeOffset.TryParse(parameter.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            throw new FormatException($"Parameter {parameter.Name} is '{parameter.Value}'; expected an instant such as 2026-07-01T00:00:00Z.");
        return string.Create(CultureInfo.InvariantCulture, $"TIMESTAMPTZ '{instant.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'");
    }

    private static string Quote(string name, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal)) throw new FormatException($"Parameter {name} holds a zero character, which no text in a warehouse may.");
        var quoted = $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        // A backslash means itself to some and escapes to others; its code is the same to all.
        return value.Contains('\\', StringComparison.Ordinal) ? $"({quoted.Replace("\\", "' || chr(92) || '", StringComparison.Ordinal)})" : quoted;
    }
}
