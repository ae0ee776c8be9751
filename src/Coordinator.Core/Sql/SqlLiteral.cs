using System.Globalization;
using Coordinator.Intents;

namespace Coordinator.Core.Sql;

/// <summary>Values as literals that PostgreSQL, Redshift and DuckDB read the same way.</summary>
public static class SqlLiteral
{
    /// <exception cref="FormatException">The value has no literal: it contains a zero character, or is not an instant.</exception>
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
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new FormatException($"Parameter {name} holds a zero character, which no text in a warehouse may.");
        var quoted = $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        // A backslash is literal in some warehouses and escapes in others. Its character code works in all.
        return value.Contains('\\', StringComparison.Ordinal) ? $"({quoted.Replace("\\", "' || chr(92) || '", StringComparison.Ordinal)})" : quoted;
    }
}
