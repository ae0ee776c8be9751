using Coordinator.Contention;
using Coordinator.Core.Contention.Labels;
using Coordinator.Core.Leases;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Core.Contention;

/// <summary>
/// What one silo knows of one table. It outlives the table's activations, so that an hour of history does. All that is in it is behind one lock, which is taken a few times a turn
/// and not for an intent that has one.
/// </summary>
public sealed class TableAccount
{
    /// <summary>Over which time tables are ranked.</summary>
    public static readonly TimeSpan RankedOver = TimeSpan.FromMinutes(5);

    private const int MaxConflicts = 16;
    private const int MaxLockChanges = 32;

    private readonly TimeProvider _clock;
    private readonly List<ActivationAccount> _activations = [];
    private readonly Ring<ConflictRecord> _conflicts = new(MaxConflicts);
    private readonly Ring<LockChange> _lockChanges = new(MaxLockChanges);

    public TableAccount(TableName table, string silo, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (Table, Silo, _clock) = (table, silo, clock);
        History = new HistoryLog(clock.GetUtcNow());
        Turns = new TurnLog(silo);
    }

    /// <summary>The table.</summary>
    public TableName Table { get; }

    /// <summary>The silo's name.</summary>
    public string Silo { get; }

    internal Lock Gate { get; } = new();

    internal HistoryLog History { get; }

    internal SourceLog Sources { get; } = new();

    internal TurnLog Turns { get; }

    internal DurationCounter Wait { get; } = new();

    internal DurationCounter Hold { get; } = new();

    internal DurationCounter Commit { get; } = new();

    // A mutable copy of what is read; under the gate.
    internal CountSums Sums { get; } = new();

    /// <summary>An activation of the table begins here.</summary>
    /// <param name="lease">Its lock; null if it has none.</param>
    public ActivationAccount Open(ILease? lease)
    {
        var activation = new ActivationAccount(this, lease, _clock);
        lock (Gate) _activations.Add(activation);
        return activation;
    }

    /// <summary>An update that writes the table failed in the warehouse.</summary>
    /// <param name="source">The update's source.</param>
    /// <param name="failure">Why.</param>
    /// <param name="isRetried">True if it is tried again.</param>
    public void OnUpdateFailed(string source, WarehouseException failure, bool isRetried)
    {
        lock (Gate) Note_NeedsGate("update", source, failure, isRetried);
    }

    /// <summary>An update that had a turn at the table ended here.</summary>
    /// <param name="id">Its intent id.</param>
    /// <param name="outcome">As in <see cref="TurnRecord.Outcome"/>.</param>
    /// <param name="rows">The rows that it changed.</param>
    /// <param name="coalesced">The ticks of its job that shared the run, if it writes the table.</param>
    public void OnUpdateEnded(string id, string outcome, long rows, long coalesced)
    {
        lock (Gate)
        {
            Turns.Add(new UpdateEnd(id, outcome, rows));
            Sums.Coalesced += coalesced;
        }
    }

    /// <summary>How old the oldest wait was on average lately, in milliseconds: what tables are ranked by.</summary>
    public double Contention()
    {
        lock (Gate)
        {
            var now = Moment.Of(_clock);
            foreach (var activation in _activations) activation.Accrue_NeedsGate(now);
            return History.Contention(now.Utc, RankedOver);
        }
    }

    /// <summary>Keeps it from being forgotten for an hour: whoever asked for it is about to use it.</summary>
    public void Touch()
    {
        lock (Gate) History.Touch(_clock.GetUtcNow());
    }

    /// <summary>True if nothing has happened for an hour and no activation lives: then nothing is left to show.</summary>
    public bool IsForgotten()
    {
        lock (Gate) return _activations.Count == 0 && _clock.GetUtcNow() - History.LatestAt > TimeSpan.FromHours(1);
    }

    /// <summary>The counts alone.</summary>
    public TableCounts Counts()
    {
        lock (Gate) return Sums.Read();
    }

    /// <summary>The table now, as this silo knows it.</summary>
    public TableContention Read()
    {
        lock (Gate) return Read_NeedsGate();
    }

    /// <summary>Everything, as this silo knows it.</summary>
    public TableDetail ReadDetail()
    {
        lock (Gate)
        {
            var now = _clock.GetUtcNow();
            return new TableDetail
            {
                At = now,
                Now = Read_NeedsGate(),
                Turns = Turns.Turns,
                Ends = Turns.Ends,
                Wait = Wait.Read(),
                Hold = Hold.Read(),
                Commit = Commit.Read(),
                Sources = Sources.Read(now),
                History = History.Read(now),
                LockHistory = [.. _lockChanges.Items],
                Conflicts = [.. _conflicts.Items],
            };
        }
    }

    /// <summary>The updates that hold the table or wait for it.</summary>
    public IReadOnlyList<WaitEdge> ReadWaits()
    {
        lock (Gate) return [.. _activations.SelectMany(static a => a.Waits_NeedsGate())];
    }

    /// <summary>What meters tell.</summary>
    public TableReading ReadForMeters()
    {
        lock (Gate)
        {
            var now = Moment.Of(_clock);
            foreach (var activation in _activations) activation.Accrue_NeedsGate(now);
            return new TableReading(Table, this, Sums.Read(), History.Contention(now.Utc, RankedOver), History.LatestAt, ReadGauges_NeedsGate());
        }
    }

    internal void Close(ActivationAccount activation)
    {
        lock (Gate) _activations.Remove(activation);
    }

    internal void Note_NeedsGate(string kind, string source, WarehouseException failure, bool isRetried)
    {
        var now = _clock.GetUtcNow();
        var slot = History.Now(now);
        if (isRetried) Sums.Retries++;
        if (failure.Kind == FailureKind.Conflict)
        {
            Sums.Conflicts++;
            slot.Conflicts++;
        }

        if (failure.IsOverlap) Sums.Overlaps++;
        _conflicts.Add(new ConflictRecord
        {
            At = now,
            Silo = Silo,
            Kind = kind,
            Source = source,
            Cause = failure.Cause == FailureCause.Unstated ? Words(failure.Kind.ToString()) : Words(failure.Cause.ToString()),
            Message = failure.Message,
            IsOverlap = failure.IsOverlap,
            Transactions = CycleText.Transactions(failure.Message),
        });
    }

    internal void NoteSchemaChange_NeedsGate(string kind, string change)
    {
        Sums.SchemaChanges++;
        _conflicts.Add(new ConflictRecord
        {
            At = _clock.GetUtcNow(),
            Silo = Silo,
            Kind = kind,
            Source = "",
            Cause = Words(nameof(FailureKind.SchemaChanged)),
            Message = change,
            Transactions = [],
        });
    }

    internal void Note_NeedsGate(LockView view) => _lockChanges.Add(new LockChange(_clock.GetUtcNow(), Silo, view.State, view.Owner));

    private TableContention Read_NeedsGate()
    {
        var moment = Moment.Of(_clock);
        var now = moment.Utc;
        foreach (var activation in _activations) activation.Accrue_NeedsGate(moment);
        var counts = Sums.Read();
        // Two activations on one silo are rare and brief: the one with the lock speaks for both.
        var speaker = _activations.Find(static a => a.HasLock) ?? _activations.LastOrDefault();
        var view = speaker?.LockView ?? ActivationAccount.NoLock;
        var contention = new TableContention
        {
            Table = Table,
            Silo = Silo,
            QueueDepth = speaker?.Depth ?? 0,
            QueueBytes = speaker?.WaitingBytes ?? 0,
            OldestWaitMilliseconds = speaker?.OldestWaitMilliseconds_NeedsGate() ?? 0,
            ContentionMilliseconds = History.Contention(now, RankedOver),
            Holders = speaker?.Holders_NeedsGate() ?? [],
            Waiters = speaker?.Waiters_NeedsGate() ?? [],
            Lock = view,
            Counts = counts,
            Recent = History.Recent(now),
            Silos = _activations.Count == 0
                ? [Part(false, view, 0, counts)]
                : [.. _activations.Select(a => Part(true, a.LockView, a.Depth, ReferenceEquals(a, speaker) ? counts : default))],
        };
        return contention with { Advice = ContentionAdvice.For(contention, Sources.Read(now), Commit.Read(), History.Read(now)) };
    }

    private TableGauges ReadGauges_NeedsGate() => new(
        _activations.Count,
        _activations.Sum(static a => a.Depth),
        _activations.Sum(static a => a.WaitingBytes),
        _activations.Count == 0 ? 0 : _activations.Max(static a => a.OldestWaitMilliseconds_NeedsGate()),
        [.. _activations.Select(static a => a.LockView.State)]);

    private SiloFigures Part(bool isActive, LockView view, int depth, TableCounts counts) =>
        new() { Silo = Silo, IsActive = isActive, Lock = view, QueueDepth = depth, Counts = counts };

    private static string Words(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
