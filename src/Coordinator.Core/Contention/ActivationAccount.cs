using Coordinator.Contention;
using Coordinator.Core.Committing;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Contention;

/// <summary>One activation's part in its table's account: passes on the start and end of every turn, and once a second the waiting entries. It
/// has no state: the table's account has, under its lock.</summary>
public sealed class ActivationAccount : ITurnObserver, ICommitObserver
{
    /// <summary>How many waiting entries the account reads. The rest is counted with the last writer of inserts.</summary>
    public const int MaxWaiting = 64;

    private readonly TableAccount _table;
    private readonly LiveActivation _live;

    internal ActivationAccount(TableAccount table, LiveActivation live) => (_table, _live) = (table, live);

    /// <summary>Passes on the activation's queue: once a second while it is not idle, and once after that.</summary>
    /// <param name="queue">The snapshot of the queue.</param>
    /// <param name="first">The first <see cref="MaxWaiting"/> waiting entries.</param>
    public void OnTick(in QueueSnapshot queue, IReadOnlyList<WaitingEntry> first) => _table.Look(_live, queue, first);

    /// <summary>The activation's lock has another state.</summary>
    public void OnLockChanged() => _table.NoteLock(_live);

    /// <summary>The activation ends.</summary>
    public void Close() => _table.Close(_live);

    /// <summary>An intent ended without a turn: it was already committed, or was refused before it was queued.</summary>
    public void OnAnswered(bool isRejected) =>
        _table.Count(new InsertCounts(Committed: 0, Already: isRejected ? 0 : 1, Rejected: isRejected ? 1 : 0, Failed: 0));

    /// <summary>The table's columns have changed; waiting rows are bound again.</summary>
    /// <param name="change">The difference.</param>
    public void OnSchemaChanged(string change) => _table.OnSchemaChanged(WriteKind.Insert, change);

    /// <inheritdoc/>
    public void OnRetry(WarehouseException failure) => _table.OnFailed(WriteKind.Insert, "", failure, isRetried: true);

    /// <inheritdoc/>
    public void OnGivenUp(WarehouseException failure) => _table.OnFailed(WriteKind.Insert, "", failure, isRetried: false);

    /// <inheritdoc/>
    public void OnCommitted(long rows, TimeSpan took) => _table.OnCommitted(rows, took);

    /// <inheritdoc/>
    public void OnStarted(InsertTurn turn, in QueueSnapshot queue) => _table.Begin(_live, turn, queue);

    /// <inheritdoc/>
    public void OnEnded(InsertTurn turn, in InsertCounts counts, in QueueSnapshot queue) => _table.End(_live, turn, counts, queue);

    /// <inheritdoc/>
    public void OnExpired() => _table.Count(new InsertCounts(Committed: 0, Already: 0, Rejected: 0, Failed: 1));

    /// <inheritdoc/>
    public void OnStarted(in UpdateTurn turn, in QueueSnapshot queue) => _table.Begin(_live, turn, queue);

    /// <inheritdoc/>
    public void OnEnded(in UpdateTurn turn, ReservationEnd end, in QueueSnapshot queue) => _table.End(_live, turn, end, queue);
}
