namespace Coordinator.Tables;

/// <summary>The schemas that the coordinator refuses as targets: its own, because a ledger row means that an intent is committed, and those of
/// the warehouse itself.</summary>
/// <remarks>The comparison ignores case: Redshift and DuckDB treat <c>"Coordinator"</c> as <c>coordinator</c>. Reads are allowed.</remarks>
public static class ProtectedSchemas
{
    /// <summary>The schema of the ledgers and fences.</summary>
    public const string Ledgers = "coordinator";

    /// <summary>The schema of the silos' membership, if PostgreSQL stores it.</summary>
    public const string Membership = "coordinator_cluster";

    private const string Information = "information_schema";
    private const string SystemPrefix = "pg_";

    /// <summary>Whether the table is refused as a target. Allocates nothing for names without quotes.</summary>
    public static bool Contains(TableName table)
    {
        var canonical = table.ToString();
        return canonical[0] == '"' ? Contains(table.Schema) : Contains(canonical.AsSpan(0, canonical.IndexOf('.', StringComparison.Ordinal)));
    }

    /// <summary>Whether the schema, as the catalog spells it, is protected.</summary>
    public static bool Contains(ReadOnlySpan<char> schema) => IsCoordinators(schema) || IsWarehouses(schema);

    /// <summary>Whether the schema is one of the coordinator's own.</summary>
    public static bool IsCoordinators(ReadOnlySpan<char> schema) =>
        schema.Equals(Ledgers, StringComparison.OrdinalIgnoreCase) || schema.Equals(Membership, StringComparison.OrdinalIgnoreCase);

    /// <summary>The reason for the refusal of a table.</summary>
    public static string Refusal(TableName table) => $"{table} is no table to write to: {Reason(table.Schema)}";

    /// <summary>The reason for the protection of a schema.</summary>
    public static string Reason(string schema) => (IsCoordinators(schema), schema.Equals(Ledgers, StringComparison.OrdinalIgnoreCase)) switch
    {
        (true, true) => $"schema {schema} holds the ledgers, which the coordinator alone writes. Write to a table of another schema.",
        (true, false) => $"schema {schema} holds the silos' membership, which the silos alone write. Write to a table of another schema.",
        _ => $"schema {schema} belongs to the warehouse itself. Write to a table of another schema.",
    };

    private static bool IsWarehouses(ReadOnlySpan<char> schema) =>
        schema.StartsWith(SystemPrefix, StringComparison.OrdinalIgnoreCase) || schema.Equals(Information, StringComparison.OrdinalIgnoreCase);
}
