using Coordinator.Contention;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;

namespace Coordinator.Core.Contention;

/// <summary>The records of one table: its counts, its last hour, its latest turns, their sources, conflicts and lock changes. Not
/// thread-safe.</summary>
internal sealed class TableLog(string silo, DateTimeOffset begin)
{
    private const int MaxConflicts = 16;
    private const int MaxLockChanges = 32;

    private readonly SourceLog _sources = new();
    private readonly TurnLog _turns = new(silo);
    private readonly Ring<LockChange> _lockChanges = new(MaxLockChanges);
    private DurationCounter _wait;
    private DurationCounter _hold;
    private DurationCounter _commit;
    private TableCounts _counts;

    // Null until the first.
    private Ring<ConflictRecord>? _conflicts;

    public string Silo => silo;

    public TableCounts Counts => _counts;

    public HistoryLog History { get; } = new(begin);

    /// <summary>A turn of inserts begins: adds each writer in it, and the wait of each intent.</summary>
    public void Begin(ActiveTurn active, InsertTurn turn, Moment now)
    {
        var oldest = turn.Entries[0];
        active.Begin(TurnKind.Insert, oldest.Source, "", oldest.EnqueuedAt, turn.StartedAt, _sources.GenerationAt(now.Utc));
        // Neighbours usually have the same source, so each sequence of one source is looked up once.
        SourceLog.Sums? sums = null;
        string? source = null;
        foreach (var entry in turn.Entries)
        {
            var waited = now.Between(entry.EnqueuedAt, turn.StartedAt);
            _wait.Add(waited);
            if (sums is null || !string.Equals(source, entry.Source, StringComparison.Ordinal))
            {
                source = entry.Source;
                sums = _sources.Of(source, isUpdate: false, now.Utc);
                if (active.Join(source, sums)) sums.Turns++;
            }

            sums.Intents++;
            sums.Rows += entry.Intent.Rows.RowCount;
            sums.Waited += waited;
        }
    }

    /// <summary>A turn of an update begins.</summary>
    public ActiveTurn Begin(in UpdateTurn turn, Moment now)
    {
        var waited = now.Between(turn.EnqueuedAt, turn.StartedAt);
        _wait.Add(waited);
        _counts = _counts with { Updates = _counts.Updates + 1 };
        var sums = _sources.Of(turn.Source, isUpdate: true, now.Utc);
        sums.Turns++;
        sums.Waited += waited;
        sums.IsExclusive |= turn.Mode == ReservationMode.Exclusive;
        var active = new ActiveTurn().Begin(
            ActiveTurn.KindOf(turn.Mode), turn.Source, turn.Id.ToString(), turn.EnqueuedAt, turn.StartedAt, _sources.GenerationAt(now.Utc));
        active.Join(active.Source, sums);
        return active;
    }

    /// <summary>A turn of inserts is over.</summary>
    public void End(ActiveTurn active, InsertTurn turn, in InsertCounts counts, Moment now) =>
        End(active, turn.Entries.Count, turn.Rows, Outcome(counts), now);

    /// <summary>A turn of an update is over.</summary>
    public void End(ActiveTurn active, ReservationEnd end, Moment now) =>
        End(active, 0, 0, end == ReservationEnd.Revoked ? TurnOutcome.Revoked : TurnOutcome.Released, now);

    /// <summary>The outcome of an update that had a turn here, from the silo that ran it.</summary>
    public void Add(UpdateEnd end, long coalesced)
    {
        _turns.Add(end);
        _counts = _counts with { Coalesced = _counts.Coalesced + coalesced };
    }

    /// <summary>Counts ended intents.</summary>
    public void Count(in InsertCounts counts) => _counts = _counts with
    {
        Intents = _counts.Intents + counts.Committed,
        AlreadyCommitted = _counts.AlreadyCommitted + counts.Already,
        Rejected = _counts.Rejected + counts.Rejected,
        Failed = _counts.Failed + counts.Failed,
    };

    /// <summary>Counts the ended intents of a turn.</summary>
    public void CountTurn(in InsertCounts counts, DateTimeOffset now)
    {
        Count(counts);
        History.Now(now).Intents += counts.Committed;
    }

    /// <summary>A transaction of inserts committed.</summary>
    public void Committed(long rows, TimeSpan took, DateTimeOffset now)
    {
        var slot = History.Now(now);
        slot.Batches++;
        slot.Rows += rows;
        _counts = _counts with { Batches = _counts.Batches + 1, Rows = _counts.Rows + rows };
        _commit.Add(took.TotalMilliseconds);
    }

    /// <summary>Adds the time for which a turn held the table, and for which others waited for it, since the last call, in
    /// milliseconds.</summary>
    public void Charge(ActiveTurn active, double held, double blocked, DateTimeOffset now)
    {
        active.Charge(_sources, held, blocked, now);
        var slot = History.Now(now);
        if (active.IsUpdate)
        {
            slot.UpdatesHeld += held;
            _counts = _counts with { UpdatesHeldMilliseconds = _counts.UpdatesHeldMilliseconds + held };
        }
        else
        {
            slot.InsertsHeld += held;
            _counts = _counts with { InsertsHeldMilliseconds = _counts.InsertsHeldMilliseconds + held };
        }
    }

    /// <summary>Adds the age of the table's oldest wait, integrated over time, and the time during which a write waited for another's
    /// turn.</summary>
    public void Charge(double aged, double blocked, DateTimeOffset now)
    {
        var slot = History.Now(now);
        slot.AgeIntegral += aged;
        slot.Blocked += blocked;
        _counts = _counts with { BlockedMilliseconds = _counts.BlockedMilliseconds + blocked };
    }

    /// <summary>A transaction failed.</summary>
    public void Failed(WriteKind kind, string source, WarehouseException failure, bool isRetried, DateTimeOffset now)
    {
        var isConflict = failure.Kind == FailureKind.Conflict;
        var slot = History.Now(now);
        if (isConflict) slot.Conflicts++;
        _counts = _counts with
        {
            Retries = _counts.Retries + (isRetried ? 1 : 0),
            Conflicts = _counts.Conflicts + (isConflict ? 1 : 0),
            Overlaps = _counts.Overlaps + (failure.IsOverlap ? 1 : 0),
        };
        (_conflicts ??= new(MaxConflicts)).Add(new ConflictRecord
        {
            At = now,
            Silo = silo,
            Kind = kind,
            Source = source,
            Cause = failure.Cause == FailureCause.Unstated ? failure.Kind.ToText() : failure.Cause.ToText(),
            Message = failure.Message,
            IsOverlap = failure.IsOverlap,
            Transactions = CycleText.Transactions(failure.Message),
        });
    }

    /// <summary>The table's columns have changed.</summary>
    public void SchemaChanged(WriteKind kind, string change, DateTimeOffset now)
    {
        _counts = _counts with { SchemaChanges = _counts.SchemaChanges + 1 };
        (_conflicts ??= new(MaxConflicts)).Add(new ConflictRecord
        {
            At = now,
            Silo = silo,
            Kind = kind,
            Cause = FailureKind.SchemaChanged.ToText(),
            Message = change,
        });
    }

    /// <summary>An activation's lock changed.</summary>
    public void Note(LockView view, DateTimeOffset now) => _lockChanges.Add(new LockChange(now, silo, view.State, view.Owner));

    /// <summary>Advice on what to change, for the table's present state.</summary>
    public IReadOnlyList<string> Advice(TableContention now, DateTimeOffset at) =>
        ContentionAdvice.For(now, _sources.Read(at), _commit.Read(), History.Read(at));

    /// <summary>All records, with the table's present state.</summary>
    public TableDetail Read(TableContention now, DateTimeOffset at) => new()
    {
        At = at,
        Now = now,
        Turns = _turns.Turns,
        Ends = _turns.Ends,
        Wait = _wait.Read(),
        Hold = _hold.Read(),
        Commit = _commit.Read(),
        Sources = _sources.Read(at),
        History = History.Read(at),
        LockHistory = [.. _lockChanges.Items],
        Conflicts = [.. _conflicts?.Items ?? []],
    };

    private void End(ActiveTurn active, int intents, long rows, TurnOutcome outcome, Moment now)
    {
        var held = now.Since(active.StartedAt);
        var waited = now.Between(active.QueuedAt, active.StartedAt);
        _hold.Add(held);
        _turns.Add(active, waited, held, intents, rows, outcome, now.Utc);
        TurnMetrics.OnEnded(active.Kind, waited, held);
    }

    private static TurnOutcome Outcome(in InsertCounts counts)
    {
        var done = counts.Committed + counts.Already;
        if (counts.Rejected + counts.Failed == 0) return TurnOutcome.Committed;
        if (done + counts.Failed == 0) return TurnOutcome.Rejected;
        return done + counts.Rejected == 0 ? TurnOutcome.Failed : TurnOutcome.Mixed;
    }
}
