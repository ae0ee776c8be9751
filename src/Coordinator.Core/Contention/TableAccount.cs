using Coordinator.Contention;
using Coordinator.Core.Contention.Labels;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Core.Contention;

/// <summary>
/// What one silo knows of one table. It outlives the table's activations, so that an hour of history does. Activations hand it values; all that is in it is behind its one lock,
/// which is taken a few times a turn and not for an intent that has one.
/// </summary>
public sealed class TableAccount
{
    /// <summary>Over which time tables are ranked.</summary>
    public static readonly TimeSpan RankedOver = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RememberedFor = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly TableLog _log;
    private readonly List<LiveActivation> _activations = [];

    public TableAccount(TableName table, string silo, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (Table, _clock) = (table, clock);
        _log = new TableLog(silo, clock.GetUtcNow());
    }

    /// <summary>The table.</summary>
    public TableName Table { get; }

    /// <summary>An activation of the table begins here.</summary>
    /// <param name="lease">Its lock; null if it has none.</param>
    public ActivationAccount Open(ILease? lease)
    {
        var live = new LiveActivation(_log, lease, _clock.GetTimestamp());
        lock (_gate) _activations.Add(live);
        return new ActivationAccount(this, live);
    }

    /// <summary>An update that writes the table failed in the warehouse.</summary>
    /// <param name="source">The update's source.</param>
    /// <param name="failure">Why.</param>
    /// <param name="isRetried">True if it is tried again.</param>
    public void OnUpdateFailed(string source, WarehouseException failure, bool isRetried) => OnFailed("update", source, failure, isRetried);

    /// <summary>An update that had a turn at the table ended here.</summary>
    /// <param name="id">Its intent id.</param>
    /// <param name="outcome">As in <see cref="TurnRecord.Outcome"/>.</param>
    /// <param name="rows">The rows that it changed.</param>
    /// <param name="coalesced">The ticks of its job that shared the run, if it writes the table.</param>
    public void OnUpdateEnded(string id, string outcome, long rows, long coalesced)
    {
        lock (_gate) _log.Add(new UpdateEnd(id, outcome, rows), coalesced);
    }

    /// <summary>How old the oldest wait was on average over <see cref="RankedOver"/>, in milliseconds: what tables are ranked by.</summary>
    public double Contention()
    {
        lock (_gate) return _log.History.Contention(Accrue_NeedsLock().Utc, RankedOver);
    }

    /// <summary>Keeps the account from being forgotten for an hour: its caller is about to use it.</summary>
    public void Touch()
    {
        lock (_gate) _log.History.Touch(_clock.GetUtcNow());
    }

    /// <summary>True if nothing has happened for an hour and no activation lives: then nothing is left to show.</summary>
    public bool IsForgotten()
    {
        lock (_gate) return _activations.Count == 0 && _clock.GetUtcNow() - _log.History.LatestAt > RememberedFor;
    }

    /// <summary>The counts alone.</summary>
    public TableCounts Counts()
    {
        lock (_gate) return _log.Counts;
    }

    /// <summary>The table now, as this silo knows it.</summary>
    public TableContention Read()
    {
        lock (_gate) return Read_NeedsLock(Accrue_NeedsLock());
    }

    /// <summary>Everything, as this silo knows it.</summary>
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

    /// <summary>What meters read.</summary>
    public TableReading ReadForMeters()
    {
        lock (_gate)
        {
            var now = Accrue_NeedsLock();
            return new TableReading(Table, this, _log.Counts, _log.History.Contention(now.Utc, RankedOver), _log.History.LatestAt, ReadGauges_NeedsLock(now));
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

    internal void End(LiveActivation activation, in UpdateTurn turn, HoldEnd end, in QueueSnapshot queue)
    {
        lock (_gate) activation.End(turn, end, queue, Moment.Of(_clock));
    }

    internal void Look(LiveActivation activation, in QueueSnapshot queue, IReadOnlyList<WaitingEntry> first)
    {
        lock (_gate) activation.Look(queue, first, Moment.Of(_clock));
    }

    internal void Close(LiveActivation activation)
    {
        lock (_gate)
        {
            activation.NoteLock(Moment.Of(_clock));
            _activations.Remove(activation);
        }
    }

    internal void Count(in InsertCounts counts)
    {
        lock (_gate) _log.Count(counts);
    }

    internal void OnCommitted(long rows, TimeSpan took)
    {
        lock (_gate) _log.Committed(rows, took, _clock.GetUtcNow());
    }

    internal void OnFailed(string kind, string source, WarehouseException failure, bool isRetried)
    {
        lock (_gate) _log.Failed(kind, source, failure, isRetried, _clock.GetUtcNow());
    }

    internal void OnSchemaChanged(string kind, string change)
    {
        lock (_gate) _log.SchemaChanged(kind, change, _clock.GetUtcNow());
    }

    /// <summary>Adds up what goes on, up to now.</summary>
    private Moment Accrue_NeedsLock()
    {
        var now = Moment.Of(_clock);
        foreach (var activation in _activations) activation.Accrue(now);
        return now;
    }

    private TableContention Read_NeedsLock(Moment now)
    {
        // Two activations on one silo are rare and brief: the one with the lock speaks for both.
        var speaker = _activations.Find(static a => a.HasLock) ?? _activations.LastOrDefault();
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
            Silos = _activations.Count == 0
                ? [Part(false, view, 0, _log.Counts)]
                : [.. _activations.Select(a => Part(true, a.LockView, a.Depth, ReferenceEquals(a, speaker) ? _log.Counts : default))],
        };
        return contention with { Advice = _log.Advice(contention, now.Utc) };
    }

    private TableGauges ReadGauges_NeedsLock(Moment now) => new(
        _activations.Count,
        _activations.Sum(static a => a.Depth),
        _activations.Sum(static a => a.WaitingBytes),
        _activations.Count == 0 ? 0 : _activations.Max(a => a.OldestWaitMilliseconds(now)),
        [.. _activations.Select(static a => a.LockView.State)]);

    private SiloFigures Part(bool isActive, LockView view, int depth, TableCounts counts) =>
        new() { Silo = _log.Silo, IsActive = isActive, Lock = view, QueueDepth = depth, Counts = counts };
}
