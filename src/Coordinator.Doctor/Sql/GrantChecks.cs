using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Doctor.Checking;
using Coordinator.Tables;
using Coordinator.Warehouse.Npgsql;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Doctor.Sql;

/// <summary>The user's rights: on the schema of the ledgers, and on each table.</summary>
internal sealed class GrantChecks(SqlWarehouse warehouse, IReadOnlyList<TableName> asked)
{
    private const int MostTables = 50;

    private static readonly string Schema = IdentifierText.Quote(LedgerNames.Schema);

    private IReadOnlyList<TableName> _withLedger = [];

    /// <summary>The tables to check: those that were asked for, or else those that have a ledger.</summary>
    public IReadOnlyList<TableName> Tables => asked.Count > 0 ? asked : [.. _withLedger.Take(MostTables)];

    public async Task<Finding> LedgersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var user = await ServerChecks.UserNameAsync(connection, cancellationToken);
        if (await SchemaRightsAsync(connection, LedgerNames.Schema, cancellationToken) is not (var mayUse, var mayCreate))
            return await WithoutSchemaAsync(connection, user, cancellationToken);
        _withLedger = await warehouse.LedgersAsync(connection, cancellationToken);
        var advice = $"An administrator runs: GRANT USAGE, CREATE ON SCHEMA {Schema} TO {user};";
        if (!mayUse) return Finding.Failed($"{user} may not use schema {Schema}, where the ledgers are", advice);
        if (!mayCreate && _withLedger.Count == 0) return Finding.Failed($"{user} may not create ledgers in schema {Schema}, which has none", advice);
        if (!mayCreate)
            return Finding.Warning($"{Tally()}; {user} may not create more in schema {Schema}, so no further table can be written", advice);
        return Finding.Ok(Tally());
    }

    public async Task<Finding> TableAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        var user = await ServerChecks.UserNameAsync(connection, cancellationToken);
        try
        {
            await warehouse.ReadTableAsync(connection, table, cancellationToken);
        }
        catch (WarehouseException missing) when (missing.Kind == FailureKind.Rejected)
        {
            return Finding.Failed(missing.Message, "Create the table, or give its name as the catalog has it: --table schema.name.");
        }

        if (await SchemaRightsAsync(connection, table.Schema, cancellationToken) is (false, _))
            return Finding.Failed(
                $"{user} may not use schema {IdentifierText.Quote(table.Schema)}",
                $"An administrator runs: GRANT USAGE ON SCHEMA {IdentifierText.Quote(table.Schema)} TO {user};");
        if (!await MayAsync(connection, table, "INSERT", cancellationToken))
            return Finding.Failed($"{user} may not insert", $"An administrator runs: GRANT INSERT ON {table} TO {user};");
        if (await LedgerMistakeAsync(connection, table, user, cancellationToken) is { } mistake) return mistake;
        return await MayAsync(connection, table, "SELECT", cancellationToken)
            ? Finding.Ok($"{user} may insert and select")
            : Finding.Warning(
                $"{user} may insert, and not select: updates that read the table are rejected",
                $"If updates read it, an administrator runs: GRANT SELECT ON {table} TO {user};");
    }

    private static async Task<Finding> WithoutSchemaAsync(NpgsqlConnection connection, string user, CancellationToken cancellationToken)
    {
        var database = await ServerChecks.AskAsync<string>(connection, "SELECT current_database()::varchar(128)", cancellationToken);
        if (await ServerChecks.AskAsync<bool>(connection, "SELECT has_database_privilege(current_database(), 'CREATE')", cancellationToken))
            return Finding.Ok($"none yet; {user} may create schema {Schema}");
        return Finding.Failed(
            $"there is no schema {Schema}, and {user} may not create it in database {IdentifierText.Quote(database)}",
            $"An administrator runs: CREATE SCHEMA {Schema}; GRANT USAGE, CREATE ON SCHEMA {Schema} TO {user};",
            $"Or: GRANT CREATE ON DATABASE {IdentifierText.Quote(database)} TO {user};");
    }

    /// <summary>A ledger that another user made, as when a silo ran as an administrator first.</summary>
    private static async Task<Finding?> LedgerMistakeAsync(
        NpgsqlConnection connection, TableName table, string user, CancellationToken cancellationToken)
    {
        var (ledger, fence) = (LedgerNames.Ledger(table), LedgerNames.Fence(table));
        if (await SchemaRightsAsync(connection, LedgerNames.Schema, cancellationToken) is not (true, _)) return null;
        var sides = new List<TableName>();
        foreach (var side in new[] { ledger, fence })
        {
            if (!await ExistsAsync(connection, side, cancellationToken)) return null;
            foreach (var right in new[] { "SELECT", "INSERT", "UPDATE", "DELETE" })
            {
                if (!sides.Contains(side) && !await MayAsync(connection, side, right, cancellationToken)) sides.Add(side);
            }
        }

        return sides.Count == 0
            ? null
            : Finding.Failed(
                $"the table has a ledger that another user made, and {user} lacks rights on it",
                $"An administrator runs: GRANT SELECT, INSERT, UPDATE, DELETE ON {string.Join(", ", sides)} TO {user};");
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2", connection);
        command.Parameters.AddTyped(table.Schema, NpgsqlDbType.Varchar);
        command.Parameters.AddTyped(table.Table, NpgsqlDbType.Varchar);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
    }

    /// <summary>The rights on a schema; null if it does not exist. The rights on a table can be asked for only with USAGE on its schema.</summary>
    private static async Task<(bool MayUse, bool MayCreate)?> SchemaRightsAsync(
        NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT has_schema_privilege(nspname::varchar, 'USAGE'), has_schema_privilege(nspname::varchar, 'CREATE') FROM pg_namespace "
                + "WHERE nspname = $1",
            connection);
        command.Parameters.AddTyped(schema, NpgsqlDbType.Varchar);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetBoolean(0), reader.GetBoolean(1)) : null;
    }

    private static async Task<bool> MayAsync(NpgsqlConnection connection, TableName table, string right, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT has_table_privilege($1, '{right}')", connection);
        command.Parameters.AddTyped(SqlName.Of(table), NpgsqlDbType.Varchar);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private string Tally() => _withLedger.Count switch
    {
        0 => $"schema {Schema} is there; no table has a ledger yet",
        1 => "1 table has one",
        > MostTables when asked.Count == 0 =>
            $"{_withLedger.Count} tables have one; the first {MostTables} are checked, --table NAME checks others",
        _ => $"{_withLedger.Count} tables have one",
    };
}
