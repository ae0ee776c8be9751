using System.Text.Json;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>DDL with the same syntax in PostgreSQL, DuckDB and Redshift.</summary>
internal static class AlteredSql
{
    public static string Create(SchemaChangeCase change, string keyType)
    {
        var other = change.Alteration == Alteration.Swap ? $", w {change.To.Type}" : "";
        return $"CREATE TABLE {change.Table} (k {keyType}, v {change.From.Type}{other})";
    }

    public static IReadOnlyList<string> Statements(SchemaChangeCase change, string keyType, string alterType) => change.Alteration switch
    {
        Alteration.Alter => [alterType],
        Alteration.DropAndAdd => [$"ALTER TABLE {change.Table} DROP COLUMN v", $"ALTER TABLE {change.Table} ADD COLUMN v {change.To.Type}"],
        Alteration.DropAndAddOther => [$"ALTER TABLE {change.Table} DROP COLUMN v", $"ALTER TABLE {change.Table} ADD COLUMN x {change.To.Type}"],
        Alteration.Swap =>
        [
            $"ALTER TABLE {change.Table} RENAME COLUMN v TO aside",
            $"ALTER TABLE {change.Table} RENAME COLUMN w TO v",
            $"ALTER TABLE {change.Table} RENAME COLUMN aside TO w",
        ],
        _ => [$"DROP TABLE {change.Table}", $"CREATE TABLE {change.Table} (v {change.To.Type}, k {keyType})"],
    };

    /// <summary>A JSON value as text: a string without its quotes, any other value as written.</summary>
    public static string Text(string json, ColumnKind kind)
    {
        if (kind.IsJson) return json;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString()! : json;
    }

    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
