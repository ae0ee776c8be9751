namespace Coordinator.Contention;

/// <summary>What happened at a table since its silos began.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.TableCounts")]
public readonly record struct TableCounts
{
    /// <summary>Insert intents committed.</summary>
    [Id(0)]
    public long Intents { get; init; }

    /// <summary>Rows committed by inserts.</summary>
    [Id(1)]
    public long Rows { get; init; }

    /// <summary>Transactions committed by inserts.</summary>
    [Id(2)]
    public long Batches { get; init; }

    /// <summary>Turns that updates had.</summary>
    [Id(3)]
    public long Updates { get; init; }

    /// <summary>Insert intents rejected.</summary>
    [Id(4)]
    public long Rejected { get; init; }

    /// <summary>Insert intents that ended without a receipt: the warehouse was away, the activation went, or they waited for longer than they may.</summary>
    [Id(5)]
    public long Failed { get; init; }

    /// <summary>Transactions failed by conflict. An update's counts at each table that it writes.</summary>
    [Id(6)]
    public long Conflicts { get; init; }

    /// <summary>Transactions tried again, after whatever failure.</summary>
    [Id(7)]
    public long Retries { get; init; }

    /// <summary>Times that another activation's transaction was met while this one's was open.</summary>
    [Id(8)]
    public long Overlaps { get; init; }

    /// <summary>Intents that were found committed already: duplicates avoided.</summary>
    [Id(9)]
    public long AlreadyCommitted { get; init; }

    /// <summary>Ticks of jobs that shared another's run: duplicates avoided.</summary>
    [Id(10)]
    public long Coalesced { get; init; }

    /// <summary>How long inserts had the table.</summary>
    [Id(11)]
    public double InsertsHeldMilliseconds { get; init; }

    /// <summary>How long updates had the table.</summary>
    [Id(12)]
    public double UpdatesHeldMilliseconds { get; init; }

    /// <summary>How long somebody waited for another's turn.</summary>
    [Id(13)]
    public double BlockedMilliseconds { get; init; }

    /// <summary>Times that the table's columns were found to be others than before.</summary>
    [Id(14)]
    public long SchemaChanges { get; init; }

    /// <summary>Both together.</summary>
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
