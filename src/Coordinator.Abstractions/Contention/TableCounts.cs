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
    public TableCounts Plus(in TableCounts other) => new()
    {
        Intents = Intents + other.Intents,
        Rows = Rows + other.Rows,
        Batches = Batches + other.Batches,
        Updates = Updates + other.Updates,
        Rejected = Rejected + other.Rejected,
        Failed = Failed + other.Failed,
        Conflicts = Conflicts + other.Conflicts,
        Retries = Retries + other.Retries,
        Overlaps = Overlaps + other.Overlaps,
        AlreadyCommitted = AlreadyCommitted + other.AlreadyCommitted,
        Coalesced = Coalesced + other.Coalesced,
        SchemaChanges = SchemaChanges + other.SchemaChanges,
        InsertsHeldMilliseconds = InsertsHeldMilliseconds + other.InsertsHeldMilliseconds,
        UpdatesHeldMilliseconds = UpdatesHeldMilliseconds + other.UpdatesHeldMilliseconds,
        BlockedMilliseconds = BlockedMilliseconds + other.BlockedMilliseconds,
    };
}
