using Coordinator.Tables;

namespace Coordinator.Contention;

/// <summary>One table as its grain sees it now: who holds it, who waits, and what happened since the activation began.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.TableContention")]
public sealed record TableContention
{
    [Id(0)]
    public required TableName Table { get; init; }

    [Id(1)]
    public required string Silo { get; init; }

    [Id(2)]
    public required int QueueDepth { get; init; }

    [Id(3)]
    public required double OldestWaitMilliseconds { get; init; }

    /// <summary>Whose turn it is; null when nobody's.</summary>
    [Id(4)]
    public TurnHolder? Holder { get; init; }

    [Id(5)]
    public required LockView Lock { get; init; }

    /// <summary>Transactions committed.</summary>
    [Id(6)]
    public long Batches { get; init; }

    /// <summary>Rows committed by inserts.</summary>
    [Id(7)]
    public long Rows { get; init; }

    /// <summary>Transactions that the warehouse failed by conflict.</summary>
    [Id(8)]
    public long Conflicts { get; init; }

    /// <summary>Transactions tried again, after whatever failure.</summary>
    [Id(9)]
    public long Retries { get; init; }

    /// <summary>Times that another activation's transaction was met while this one's was open.</summary>
    [Id(10)]
    public long Overlaps { get; init; }

    /// <summary>Intents rejected.</summary>
    [Id(11)]
    public long Rejected { get; init; }

    /// <summary>Intents committed.</summary>
    [Id(12)]
    public long Intents { get; init; }

    /// <summary>Intents that were found committed already: duplicates avoided.</summary>
    [Id(13)]
    public long AlreadyCommitted { get; init; }
}
