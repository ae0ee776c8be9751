using Coordinator.Core.Ledger;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Outcomes;

/// <summary>Ends the sessions that a predecessor left open. A silo that was paused or cut off in the middle of a transaction holds the table's
/// write locks until its session ends, and Redshift has no timeout for that. The table's next activation looks twice for an old transaction on
/// the side tables that runs no query, and ends its session.</summary>
internal sealed class FrozenSessions(SessionPool source, SessionPool questions, TimeSpan frozenAfter, TimeProvider time, ILogger logger)
{
    private const string OnSideTables =
        "JOIN pg_class c ON c.oid = t.relation JOIN pg_namespace n ON n.oid = c.relnamespace "
        + "WHERE n.nspname = $1 AND c.relname IN ($2, $3) AND t.granted";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // More than the clocks of a silo and its warehouse differ.
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    private readonly SystemQuestion _holders = new(
        "which sessions hold locks on a ledger", logger,
        $"SELECT DISTINCT t.pid FROM svv_transactions t {OnSideTables} AND t.lock_mode <> 'AccessShareLock' AND trim(t.txn_owner) = current_user "
        + "AND t.txn_start < $4",
        $"SELECT DISTINCT t.pid FROM pg_locks t {OnSideTables} AND t.mode <> 'AccessShareLock' AND $4::timestamp IS NOT NULL");

    private readonly SystemQuestion _busy = SessionViews.Busy(logger);

    // PG_LOCKS does not say whose a session is.
    private readonly SystemQuestion _own = new(
        "which sessions are this user's", logger,
        "SELECT session_id FROM sys_session_history WHERE status = 'active' AND trim(user_id) = $1");

    /// <summary>Whether a session of this user, other than one, holds a lock on the table's ledger or fence; null if that cannot be read.</summary>
    public async Task<bool?> HasOtherHolderAsync(TableName table, int own, CancellationToken cancellationToken)
    {
        await using var connection = await questions.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var later = DateTime.SpecifyKind((time.GetUtcNow() + Skew).UtcDateTime, DateTimeKind.Unspecified);
        var holders = await HoldersAsync(connection, table, later, cancellationToken).ConfigureAwait(false);
        return holders?.Any(pid => pid != own);
    }

    /// <summary>Ends them, and returns their number.</summary>
    public async Task<int> EndAsync(TableName table, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var frozen = await FindAsync(connection, table, cancellationToken).ConfigureAwait(false);
        if (frozen.Count == 0) return 0;
        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        frozen.IntersectWith(await FindAsync(connection, table, cancellationToken).ConfigureAwait(false));
        foreach (var pid in frozen)
        {
            await using var end = new NpgsqlCommand("SELECT pg_terminate_backend($1)", connection);
            end.Parameters.AddTyped(pid);
            await end.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }

        return frozen.Count;
    }

    private Task<HashSet<int>?> HoldersAsync(
        NpgsqlConnection connection, TableName table, DateTime startedBefore, CancellationToken cancellationToken) =>
        _holders.AskAsync(
            connection,
            parameters =>
            {
                parameters.AddTyped(LedgerNames.Schema, NpgsqlDbType.Varchar);
                parameters.AddTyped(LedgerNames.Ledger(table).Table, NpgsqlDbType.Varchar);
                parameters.AddTyped(LedgerNames.Fence(table).Table, NpgsqlDbType.Varchar);
                parameters.AddTyped(startedBefore, NpgsqlDbType.Timestamp);
            },
            cancellationToken);

    private async Task<HashSet<int>> OwnAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var user = new NpgsqlCommand("SELECT usesysid::varchar FROM pg_user WHERE usename = current_user", connection);
        var id = (string)(await user.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        return await _own.AskAsync(connection, parameters => parameters.AddTyped(id, NpgsqlDbType.Varchar), cancellationToken)
            .ConfigureAwait(false) ?? [];
    }

    private async Task<HashSet<int>> FindAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        var before = DateTime.SpecifyKind((time.GetUtcNow() - frozenAfter).UtcDateTime, DateTimeKind.Unspecified);
        var holders = await HoldersAsync(connection, table, before, cancellationToken).ConfigureAwait(false);
        if (holders is not { Count: > 0 }) return [];
        if (!_holders.IsPrecise) holders.IntersectWith(await OwnAsync(connection, cancellationToken).ConfigureAwait(false));
        // A session that cannot be proved to be at rest is not ended.
        if (await _busy.AskAsync(connection, parameters => parameters.AddTyped(before, NpgsqlDbType.Timestamp), cancellationToken)
            .ConfigureAwait(false) is not { } busy) return [];
        holders.ExceptWith(busy);
        return holders;
    }
}
