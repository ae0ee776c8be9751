using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres.Ledgers;

/// <summary>
/// Ends what a predecessor left open. A silo that was paused or cut off in the middle of a transaction holds the table's fence until somebody ends its
/// session; its successor, who has the lock, does so before its own first transaction instead of waiting for it.
/// </summary>
/// <remarks>
/// No timeout of the server does: <c>statement_timeout</c> is not looked at while COPY waits for its client's data. A session of
/// ours that waits for its client for seconds within a transaction is frozen: between two steps of a transaction we never pause.
/// </remarks>
internal static class FrozenRivals
{
    // As long as it takes the server to roll back, and no longer.
    private const string Limit = "1000";

    /// <summary>Ends them, and answers how many there were.</summary>
    public static async Task<long> EndAsync(NpgsqlDataSource source, TableName fence, TimeSpan frozenAfter, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid, {Limit})) FROM (
                SELECT DISTINCT s.pid FROM pg_locks l JOIN pg_stat_activity s ON s.pid = l.pid
                WHERE l.locktype = 'relation' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND l.relation = to_regclass($1) AND l.granted
                  AND s.usename = current_user AND s.wait_event_type = 'Client' AND s.state_change < clock_timestamp() - $2) AS a
            """);
        command.Parameters.AddTyped(SqlName.Of(fence));
        command.Parameters.AddTyped(frozenAfter);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
