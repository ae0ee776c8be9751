using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Checking;

/// <summary>A CHECK of a table that has rejected a row.</summary>
/// <param name="Name">The constraint's name.</param>
/// <param name="Expression">Its condition, as PostgreSQL writes it.</param>
/// <param name="Columns">The columns that it reads.</param>
/// <param name="Example">A rejection by it.</param>
internal sealed record CheckConstraint(string Name, string Expression, string[] Columns, WarehouseException Example)
{
    private const string Sql = """
        SELECT pg_get_expr(c.conbin, c.conrelid),
               array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) ORDER BY a.attnum)
        FROM pg_constraint c WHERE c.conrelid = $1::regclass AND c.conname = $2 AND c.contype = 'c'
            AND NOT EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.provolatile = 'v'
                AND p.proname IN (SELECT m[1] FROM regexp_matches(pg_get_expr(c.conbin, c.conrelid), '(\w+)\(', 'g') AS m))
        """;

    /// <summary>The name of the CHECK by which a row of a table was rejected; null for other rejections, and for a CHECK of a partition.</summary>
    public static string? NameOf(WarehouseException rejection, TableName table) =>
        rejection.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: { } name } e
            && e.SchemaName == table.Schema && e.TableName == table.Table ? name : null;

    /// <summary>Reads a CHECK; null if there is none of this name, or if its condition can change from one moment to the next.</summary>
    public static async Task<CheckConstraint?> FindAsync(
        NpgsqlConnection connection, TableSchema table, string name, WarehouseException example, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddTyped(table.SqlName);
        command.Parameters.AddTyped(name);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new(name, reader.GetString(0), reader.GetFieldValue<string[]>(1), example)
            : null;
    }

    /// <summary>The server's rejection of a row.</summary>
    public WarehouseException Rejection((IntentId Intent, long Row) at) => Example.InRow(at);
}
