using Coordinator.Core.Ledger;
using Coordinator.Tables;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Outcomes;

/// <summary>Ends the sessions that a predecessor left open. A silo that was paused or cut off in the middle of a transaction holds the table's
/// write locks until its session ends, and Redshift has no timeout for that. The table's next activation looks twice for an old transaction on
/// the side tables that runs no query, and ends its session.</summary>
internal static class FrozenSessions
{
    private const string Sql = """
        SELECT DISTINCT t.pid FROM svv_transactions t JOIN pg_class c ON c.oid = t.relation JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname IN ($2, $3) AND t.granted AND t.lock_mode <> 'AccessShareLock' AND trim(t.txn_owner) = current_user
          AND t.txn_start < $4 AND t.pid NOT IN (SELECT pid FROM stv_inflight)
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Ends them, and returns their number.</summary>
    public static async Task<int> EndAsync(
        NpgsqlDataSource source, TableName table, TimeSpan frozenAfter, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var frozen = await FindAsync(connection, table, time.GetUtcNow() - frozenAfter, cancellationToken).ConfigureAwait(false);
        if (frozen.Count == 0) return 0;
        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        frozen.IntersectWith(await FindAsync(connection, table, time.GetUtcNow() - frozenAfter, cancellationToken).ConfigureAwait(false));
        foreach (var pid in frozen)
        {
            await using var end = new NpgsqlCommand("SELECT pg_terminate_backend($1)", connection);
            end.Parameters.AddTyped(pid);
            await end.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }

        return frozen.Count;
    }

    private static async Task<HashSet<int>> FindAsync(
        NpgsqlConnection connection, TableName table, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddTyped(LedgerNames.Schema, NpgsqlDbType.Varchar);
        command.Parameters.AddTyped(LedgerNames.Ledger(table).Table, NpgsqlDbType.Varchar);
        command.Parameters.AddTyped(LedgerNames.Fence(table).Table, NpgsqlDbType.Varchar);
        command.Parameters.AddTyped(DateTime.SpecifyKind(before.UtcDateTime, DateTimeKind.Unspecified), NpgsqlDbType.Timestamp);
        var found = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(reader.GetInt32(0));
        return found;
    }
}
