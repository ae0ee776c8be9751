using Coordinator.Core.Committing;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Contention;

/// <summary>
/// One activation's part in its table's account: hands on every turn's start and end, and once a second what waits. It keeps nothing itself: the table's account does, under its lock.
/// </summary>
public sealed class ActivationAccount : ITurnObserver, ICommitObserver
{
    /// <summary>How many of those who wait the account looks at. The rest is counted with the last writer of inserts.</summary>
    public const int MaxWaiting = 64;

    private readonly TableAccount _table;
    private readonly LiveActivation _live;

    internal ActivationAccount(TableAccount table, LiveActivation live) => (_table, _live) = (table, live);

    /// <summary>The activation's queue, once a second.</summary>
    /// <param name="queue">How it stands.</param>
    /// <param name="first">The first <see cref="MaxWaiting"/> of those who wait.</param>
    public void OnTick(in QueueSnapshot queue, IReadOnlyList<WaitingEntry> first) => _table.Look(_live, queue, first);

    /// <summary>The activation ends.</summary>
    public void Close() => _table.Close(_live);

    /// <summary>An intent ended without a turn: it was found committed, or refused at the door.</summary>
    public void OnAnswered(bool isRejected) =>
        _table.Count(new InsertCounts(Committed: 0, Already: isRejected ? 0 : 1, Rejected: isRejected ? 1 : 0, Failed: 0));

    /// <summary>The table's columns were found to be others than before; what waits is bound again.</summary>
    /// <param name="change">What differs.</param>
    public void OnSchemaChanged(string change) => _table.OnSchemaChanged(TurnKinds.Insert, change);

    /// <inheritdoc/>
    public void OnRetry(WarehouseException failure) => _table.OnFailed(TurnKinds.Insert, "", failure, isRetried: true);

    /// <inheritdoc/>
    public void OnGivenUp(WarehouseException failure) => _table.OnFailed(TurnKinds.Insert, "", failure, isRetried: false);

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
    public void OnEnded(in UpdateTurn turn, HoldEnd end, in QueueSnapshot queue) => _table.End(_live, turn, end, queue);
}
