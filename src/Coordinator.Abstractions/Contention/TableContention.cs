using Coordinator.Tables;

namespace Coordinator.Contention;

/// <summary>One table now, over all silos: who holds it, who waits, and what happened since the silos began.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.TableContention")]
public sealed record TableContention
{
    [Id(0)]
    public required TableName Table { get; init; }

    /// <summary>Where its activation lives, the one with the lock if there are two; the last one's silo if none lives now.</summary>
    [Id(1)]
    public required string Silo { get; init; }

    /// <summary>How many wait, updates included.</summary>
    [Id(2)]
    public required int QueueDepth { get; init; }

    /// <summary>The rows that wait, in memory.</summary>
    [Id(3)]
    public long QueueBytes { get; init; }

    [Id(4)]
    public required double OldestWaitMilliseconds { get; init; }

    /// <summary>How old the oldest wait was on average over the last five minutes: what tables are ranked by.</summary>
    [Id(5)]
    public double ContentionMilliseconds { get; init; }

    /// <summary>Whose turn it is: several only when updates read beside each other, nobody's if empty.</summary>
    [Id(6)]
    public IReadOnlyList<TurnHolder> Holders { get; init; } = [];

    /// <summary>The first who wait, in the queue's order.</summary>
    [Id(7)]
    public IReadOnlyList<TurnWaiter> Waiters { get; init; } = [];

    /// <summary>The lock of the activation on <see cref="Silo"/>.</summary>
    [Id(8)]
    public required LockView Lock { get; init; }

    /// <summary>What happened since the silos began.</summary>
    [Id(9)]
    public TableCounts Counts { get; init; }

    /// <summary>The silos that know the table.</summary>
    [Id(10)]
    public IReadOnlyList<SiloFigures> Silos { get; init; } = [];

    /// <summary><see cref="HistorySlot.ContentionMilliseconds"/> of the last hour's slots, oldest first, the running one last.</summary>
    [Id(11)]
    public IReadOnlyList<float> Recent { get; init; } = [];

    /// <summary>What to change, in words, where a rule applies.</summary>
    [Id(12)]
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>The first holder, or null.</summary>
    public TurnHolder? Holder => Holders.Count > 0 ? Holders[0] : null;
}
