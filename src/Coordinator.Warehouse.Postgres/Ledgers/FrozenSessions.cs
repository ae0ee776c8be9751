using Coordinator.Tables;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Ledgers;

/// <summary>Ends the sessions that a predecessor left open. A silo that was paused or cut off in the middle of a transaction holds the table's
/// fence until its session is ended. Its successor, which has the lock, ends the session before its own first transaction instead of waiting for
/// it.</summary>
/// <remarks>No timeout of the server helps: <c>statement_timeout</c> is not checked while COPY waits for its client's data. A session of the
/// coordinator that waits for its client for seconds within a transaction is frozen, because there is no pause between the steps of a
/// transaction.</remarks>
internal static class FrozenSessions
{
    // In milliseconds: the time that the server needs to roll back.
    private const string Limit = "1000";

    /// <summary>Ends them, and returns their number.</summary>
    public static async Task<int> EndAsync(
        NpgsqlConnection connection, TableName fence, TimeSpan frozenAfter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"""
            SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid, {Limit})) FROM (
                SELECT DISTINCT s.pid FROM pg_locks l JOIN pg_stat_activity s ON s.pid = l.pid
                WHERE l.locktype = 'relation' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND l.relation = to_regclass($1) AND l.granted
                  AND s.usename = current_user AND s.wait_event_type = 'Client' AND s.state_change < clock_timestamp() - $2) AS a
            """, connection);
        command.Parameters.AddTyped(SqlName.Of(fence));
        command.Parameters.AddTyped(frozenAfter);
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
