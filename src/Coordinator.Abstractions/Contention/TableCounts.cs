namespace Coordinator.Contention;

/// <summary>Counts for a table since its silos started.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.TableCounts")]
public readonly record struct TableCounts
{
    /// <summary>Committed insert intents.</summary>
    [Id(0)]
    public long Intents { get; init; }

    /// <summary>Rows committed by inserts.</summary>
    [Id(1)]
    public long Rows { get; init; }

    /// <summary>Transactions committed by inserts.</summary>
    [Id(2)]
    public long Batches { get; init; }

    /// <summary>Turns of updates.</summary>
    [Id(3)]
    public long Updates { get; init; }

    /// <summary>Rejected insert intents.</summary>
    [Id(4)]
    public long Rejected { get; init; }

    /// <summary>Insert intents that ended without a receipt: the warehouse was unavailable, the activation ended, or the wait exceeded its
    /// limit.</summary>
    [Id(5)]
    public long Failed { get; init; }

    /// <summary>Transactions that failed because of a conflict. An update's transaction counts at each table that it writes.</summary>
    [Id(6)]
    public long Conflicts { get; init; }

    /// <summary>Transactions that were retried after any failure.</summary>
    [Id(7)]
    public long Retries { get; init; }

    /// <summary>Transactions that met another activation's open transaction.</summary>
    [Id(8)]
    public long Overlaps { get; init; }

    /// <summary>Intents that were already committed: avoided duplicates.</summary>
    [Id(9)]
    public long AlreadyCommitted { get; init; }

    /// <summary>Ticks of jobs that shared another tick's run: avoided runs.</summary>
    [Id(10)]
    public long Coalesced { get; init; }

    /// <summary>The time for which inserts had the table.</summary>
    [Id(11)]
    public double InsertsHeldMilliseconds { get; init; }

    /// <summary>The time for which updates had the table.</summary>
    [Id(12)]
    public double UpdatesHeldMilliseconds { get; init; }

    /// <summary>The time during which a write waited for another's turn.</summary>
    [Id(13)]
    public double BlockedMilliseconds { get; init; }

    /// <summary>How often the table's columns were found to have changed.</summary>
    [Id(14)]
    public long SchemaChanges { get; init; }

    /// <summary>The sum of two counts.</summary>
    public TableCounts Plus(in TableCounts other) => With(other, static (a, b) => a + b, static (a, b) => a + b);

    /// <summary>The difference of two counts.</summary>
    public TableCounts Minus(in TableCounts other) => With(other, static (a, b) => a - b, static (a, b) => a - b);

    /// <summary>The larger of each figure.</summary>
    public TableCounts AtLeast(in TableCounts other) => With(other, Math.Max, Math.Max);

    /// <summary>Combines two counts figure by figure. The one place that lists all figures.</summary>
    private TableCounts With(in TableCounts other, Func<long, long, long> count, Func<double, double, double> time) => new()
    {
        Intents = count(Intents, other.Intents),
        Rows = count(Rows, other.Rows),
        Batches = count(Batches, other.Batches),
        Updates = count(Updates, other.Updates),
        Rejected = count(Rejected, other.Rejected),
        Failed = count(Failed, other.Failed),
        Conflicts = count(Conflicts, other.Conflicts),
        Retries = count(Retries, other.Retries),
        Overlaps = count(Overlaps, other.Overlaps),
        AlreadyCommitted = count(AlreadyCommitted, other.AlreadyCommitted),
        Coalesced = count(Coalesced, other.Coalesced),
        InsertsHeldMilliseconds = time(InsertsHeldMilliseconds, other.InsertsHeldMilliseconds),
        UpdatesHeldMilliseconds = time(UpdatesHeldMilliseconds, other.UpdatesHeldMilliseconds),
        BlockedMilliseconds = time(BlockedMilliseconds, other.BlockedMilliseconds),
        SchemaChanges = count(SchemaChanges, other.SchemaChanges),
    };
}
