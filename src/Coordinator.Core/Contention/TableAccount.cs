using Coordinator.Contention;
using Coordinator.Core.Contention.Labels;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Core.Contention;

/// <summary>One silo's figures for one table. They outlive the table's activations, so that the history of an hour does too. Activations pass
/// values; one lock protects all state and is taken a few times per turn, but not for an intent in a turn.</summary>
public sealed class TableAccount
{
    /// <summary>The time over which tables are ranked.</summary>
    public static readonly TimeSpan RankedOver = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RememberedFor = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly TableLog _log;

    // Seldom more than one.
    private LiveActivation[] _activations = [];

    public TableAccount(TableName table, string silo, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (Table, _clock) = (table, clock);
        _log = new TableLog(silo, clock.GetUtcNow());
    }

    /// <summary>The table.</summary>
    public TableName Table { get; }

    /// <summary>Adds an activation of the table.</summary>
    /// <param name="lease">Its lock; null if it has none.</param>
    public ActivationAccount Open(ILease? lease)
    {
        var live = new LiveActivation(_log, lease, _clock.GetTimestamp());
        lock (_gate) _activations = [.. _activations, live];
        return new ActivationAccount(this, live);
    }

    /// <summary>An update that writes the table failed in the warehouse.</summary>
    /// <param name="source">The update's source.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="isRetried">True if it is retried.</param>
    public void OnUpdateFailed(string source, WarehouseException failure, bool isRetried) => OnFailed(WriteKind.Update, source, failure, isRetried);

    /// <summary>An update that had a turn at the table ended here.</summary>
    /// <param name="id">Its intent id.</param>
    /// <param name="outcome">As in <see cref="TurnRecord.Outcome"/>.</param>
    /// <param name="rows">The rows that it changed.</param>
    /// <param name="coalesced">The ticks of its job that shared the run, if it writes the table.</param>
    public void OnUpdateEnded(string id, TurnOutcome outcome, long rows, long coalesced)
    {
        lock (_gate) _log.Add(new UpdateEnd(id, outcome, rows), coalesced);
    }

    /// <summary>The average age of the oldest wait over <see cref="RankedOver"/>, in milliseconds. Tables are ranked by this value.</summary>
    public double Contention()
    {
        lock (_gate) return _log.History.Contention(Accrue_NeedsLock().Utc, RankedOver);
    }

    /// <summary>Keeps the account for another hour, because the caller is about to use it.</summary>
    public void Touch()
    {
        lock (_gate) _log.History.Touch(_clock.GetUtcNow());
    }

    /// <summary>True if nothing has happened for an hour and there is no activation: then there is nothing left to show.</summary>
    public bool IsForgotten()
    {
        lock (_gate) return _activations.Length == 0 && _clock.GetUtcNow() - _log.History.LatestAt > RememberedFor;
    }

    /// <summary>True if there is no activation, and nothing happened but that intents were rejected.</summary>
    public bool HasOnlyRefusals()
    {
        lock (_gate) return _activations.Length == 0 && _log.Counts with { Rejected = 0 } == default;
    }

    /// <summary>The counts without the rest.</summary>
    public TableCounts Counts()
    {
        lock (_gate) return _log.Counts;
    }

    /// <summary>The present state of the table on this silo.</summary>
    public TableContention Read()
    {
        lock (_gate) return Read_NeedsLock(Accrue_NeedsLock());
    }

    /// <summary>All details of the table on this silo.</summary>
    public TableDetail ReadDetail()
    {
        lock (_gate)
        {
            var now = Accrue_NeedsLock();
            return _log.Read(Read_NeedsLock(now), now.Utc);
        }
    }

    /// <summary>The updates that hold the table or wait for it.</summary>
    public IReadOnlyList<WaitEdge> ReadWaits()
    {
        lock (_gate)
        {
            var now = Moment.Of(_clock);
            return [.. _activations.SelectMany(a => a.Waits(Table, now))];
        }
    }

    /// <summary>The figures for metrics.</summary>
    public TableReading ReadForMeters()
    {
        lock (_gate)
        {
            var now = Accrue_NeedsLock();
            return new TableReading(Table, this, _log.Counts, _log.History.Contention(now.Utc, RankedOver), _log.History.LatestAt,
                ReadGauges_NeedsLock(now));
        }
    }

    internal void Begin(LiveActivation activation, InsertTurn turn, in QueueSnapshot queue)
    {
        lock (_gate) activation.Begin(turn, queue, Moment.Of(_clock));
    }

    internal void End(LiveActivation activation, InsertTurn turn, in InsertCounts counts, in QueueSnapshot queue)
    {
        lock (_gate) activation.End(turn, counts, queue, Moment.Of(_clock));
    }

    internal void Begin(LiveActivation activation, in UpdateTurn turn, in QueueSnapshot queue)
    {
        lock (_gate) activation.Begin(turn, queue, Moment.Of(_clock));
    }

    internal void End(LiveActivation activation, in UpdateTurn turn, ReservationEnd end, in QueueSnapshot queue)
    {
        lock (_gate) activation.End(turn, end, queue, Moment.Of(_clock));
    }

    internal void Look(LiveActivation activation, in QueueSnapshot queue, IReadOnlyList<WaitingEntry> first)
    {
        lock (_gate) activation.Look(queue, first, Moment.Of(_clock));
    }

    internal void NoteLock(LiveActivation activation)
    {
        lock (_gate) activation.NoteLock(Moment.Of(_clock));
    }

    internal void Close(LiveActivation activation)
    {
        lock (_gate)
        {
            activation.NoteLock(Moment.Of(_clock));
            _activations = Array.FindAll(_activations, other => other != activation);
        }
    }

    internal void Count(in InsertCounts counts)
    {
        lock (_gate) _log.Count(counts);
    }

    internal void OnCommitted(long rows, TimeSpan took)
    {
        lock (_gate) _log.Committed(rows, took, _clock.GetUtcNow());
        TurnMetrics.OnCommitted(took);
    }

    internal void OnFailed(WriteKind kind, string source, WarehouseException failure, bool isRetried)
    {
        lock (_gate) _log.Failed(kind, source, failure, isRetried, _clock.GetUtcNow());
    }

    internal void OnSchemaChanged(WriteKind kind, string change)
    {
        lock (_gate) _log.SchemaChanged(kind, change, _clock.GetUtcNow());
    }

    /// <summary>Adds running times up to now.</summary>
    private Moment Accrue_NeedsLock()
    {
        var now = Moment.Of(_clock);
        foreach (var activation in _activations) activation.Accrue(now);
        return now;
    }

    private TableContention Read_NeedsLock(Moment now)
    {
        // Two activations on one silo are rare and short. The one with the lock is shown.
        var speaker = Array.Find(_activations, static a => a.HasLock) ?? _activations.LastOrDefault();
        var view = speaker?.LockView ?? LiveActivation.ViewOf(null);
        var contention = new TableContention
        {
            Table = Table,
            Silo = _log.Silo,
            QueueDepth = speaker?.Depth ?? 0,
            QueueBytes = speaker?.WaitingBytes ?? 0,
            OldestWaitMilliseconds = speaker?.OldestWaitMilliseconds(now) ?? 0,
            ContentionMilliseconds = _log.History.Contention(now.Utc, RankedOver),
            Holders = speaker?.Holders(now) ?? [],
            Waiters = speaker?.Waiters(now) ?? [],
            Lock = view,
            Counts = _log.Counts,
            Recent = _log.History.Recent(now.Utc),
            Silos = _activations.Length == 0
                ? [Part(false, view, 0, _log.Counts)]
                : [.. _activations.Select(a => Part(true, a.LockView, a.Depth, ReferenceEquals(a, speaker) ? _log.Counts : default))],
        };
        return contention with { Advice = _log.Advice(contention, now.Utc) };
    }

    private TableGauges ReadGauges_NeedsLock(Moment now) => new(
        _activations.Length,
        _activations.Sum(static a => a.Depth),
        _activations.Sum(static a => a.WaitingBytes),
        _activations.Length == 0 ? 0 : _activations.Max(a => a.OldestWaitMilliseconds(now)),
        [.. _activations.Select(static a => a.LockView.State)]);

    private SiloFigures Part(bool isActive, LockView view, int depth, TableCounts counts) =>
        new() { Silo = _log.Silo, IsActive = isActive, Lock = view, QueueDepth = depth, Counts = counts };
}
