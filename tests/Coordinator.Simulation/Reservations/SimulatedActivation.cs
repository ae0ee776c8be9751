using Coordinator.Core.Queueing;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>One activation of a table grain: the real queue and the real book, with a lock that it has as long as its process runs.</summary>
internal sealed class SimulatedActivation
{
    /// <summary>The lock's TTL, and the shorter time that its owner relies on.</summary>
    public static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(15), LockValidity = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly TableName _table;
    private readonly Cluster _cluster;
    private readonly WriteQueue _queue;
    private readonly ReservationBook _book;
    private readonly long _beganAt;
    private long _insertsFrom;

    public SimulatedActivation(World world, Cluster cluster, TableName table, Process process, string token)
    {
        (_world, _cluster, _table, Process, Token) = (world, cluster, table, process, token);
        _beganAt = world.Now;
        _queue = new WriteQueue(new WriteQueueOptions { MaxWait = TimeSpan.FromDays(1) }, process.Clock);
        _book = new ReservationBook(table, _queue, cluster.MemoryOf(process), IsGone, Advance, CancellationToken.None);
        process.Run(() => _ = TickAsync());
    }

    public Process Process { get; }

    public string Token { get; }

    public bool IsClosed { get; private set; }

    /// <summary>Whether it may work, by its own clock: a process that was paused for long has lost its lock.</summary>
    public bool IsLockHeld => !IsClosed && (_cluster.Scenario.WorksWithoutLock || !HasLostLock);

    /// <summary>When another activation can get the lock, in true time.</summary>
    public long LockEndsAt => IsClosed
        ? _world.Now
        : (Process.IsDead ? Process.DiedAt : Process.IsPaused || HasLostLock ? Process.PausedAt : _world.Now) + LockTtl.Ticks;

    /// <summary>Known immediately after a pause: the check of a held lock only compares the clock.</summary>
    private bool HasLostLock => Process.PausedAt >= _beganAt && Process.PausedFor >= LockValidity;

    public void Close()
    {
        if (IsClosed) return;
        IsClosed = true;
        _queue.Close(new TableMovedException($"{_table} moved."));
    }

    public Task<ReserveResponse> ReserveAsync(ReserveRequest request)
    {
        ThrowIfNotLocked();
        return _book.ReserveAsync(request);
    }

    public Task ReleaseAsync(IntentId id, HolderId holder)
    {
        ThrowIfNotLocked();
        return _book.ReleaseAsync(id, holder);
    }

    public Task<WriteReceipt> InsertAsync(InsertIntent intent)
    {
        ThrowIfNotLocked();
        if (_queue.Join(intent.Id) is { } joined) return joined;
        var receipt = _queue.Enqueue(intent);
        Advance();
        return receipt;
    }

    private void Advance()
    {
        if (_queue.InsertTurn is not null || !IsLockHeld || !_book.RestoredAsync().IsCompleted) return;
        if (_queue.Advance(new OwnerToken(Token)) is not { } turn) return;
        _insertsFrom = _world.Now;
        _ = CommitAsync(turn);
    }

    private async Task CommitAsync(InsertTurn turn)
    {
        await Task.Delay(_world.UpTo(1), Process.Clock);
        if (!IsLockHeld)
        {
            _queue.EndInsertTurn(static _ => new TableMovedException("The lock is lost."));
            return;
        }

        foreach (var entry in turn.Entries)
        {
            var who = $"insert {entry.Id.Sequence}";
            if (!_cluster.History.IsCommitted(who)) _cluster.History.Commit(who, _insertsFrom, _world.Now, [(_table, ReservationMode.Exclusive)]);
            // The inserts of one turn share its transaction.
            _insertsFrom = _world.Now;
        }

        _queue.EndInsertTurn(static entry => new WriteReceipt { Id = entry.Id, Status = WriteStatus.Committed });
        Advance();
    }

    private async Task TickAsync()
    {
        while (!IsClosed && !_cluster.IsOver)
        {
            await Task.Delay(TickPeriod, Process.Clock);
            if (!IsLockHeld) Close();
            if (IsClosed) return;
            await _book.TickAsync();
        }
    }

    private bool IsGone(SiloId silo) => !_cluster.Scenario.NeverRevokes && _cluster.IsGone(silo.ToString());

    private void ThrowIfNotLocked()
    {
        if (!IsLockHeld) throw new TableMovedException($"{_table} moved.");
    }
}
