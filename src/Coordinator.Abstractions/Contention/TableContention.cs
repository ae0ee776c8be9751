using Coordinator.Tables;

namespace Coordinator.Contention;

/// <summary>The present state of one table over all silos: the holders, the waiters, and the counts since the silos started.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.TableContention")]
public sealed record TableContention
{
    [Id(0)]
    public required TableName Table { get; init; }

    /// <summary>The silo of its activation: the one with the lock if there are two, the last one if there is none now.</summary>
    [Id(1)]
    public required string Silo { get; init; }

    /// <summary>The number of waiting writes, including updates.</summary>
    [Id(2)]
    public required int QueueDepth { get; init; }

    /// <summary>The waiting rows, in memory.</summary>
    [Id(3)]
    public long QueueBytes { get; init; }

    [Id(4)]
    public required double OldestWaitMilliseconds { get; init; }

    /// <summary>The average age of the oldest wait over the last five minutes. Tables are ranked by this value.</summary>
    [Id(5)]
    public double ContentionMilliseconds { get; init; }

    /// <summary>The holders: several only if updates share the table, none if empty.</summary>
    [Id(6)]
    public IReadOnlyList<TurnHolder> Holders { get; init; } = [];

    /// <summary>The first waiters, in the order of the queue.</summary>
    [Id(7)]
    public IReadOnlyList<TurnWaiter> Waiters { get; init; } = [];

    /// <summary>The lock of the activation on <see cref="Silo"/>.</summary>
    [Id(8)]
    public required LockView Lock { get; init; }

    /// <summary>The counts since the silos started.</summary>
    [Id(9)]
    public TableCounts Counts { get; init; }

    /// <summary>The silos that know the table.</summary>
    [Id(10)]
    public IReadOnlyList<SiloFigures> Silos { get; init; } = [];

    /// <summary><see cref="HistorySlot.ContentionMilliseconds"/> of the last hour's slots, oldest first. The last one is not complete
    /// yet.</summary>
    [Id(11)]
    public IReadOnlyList<float> Recent { get; init; } = [];

    /// <summary>Advice on what to change, if a rule applies.</summary>
    [Id(12)]
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>The first holder, or null.</summary>
    public TurnHolder? Holder => Holders.Count > 0 ? Holders[0] : null;
}
