namespace Coordinator.RedshiftSimulator.Conflicts;

/// <summary>A transaction in the history, in moments of the one count of commits.</summary>
internal sealed class Transaction(long id)
{
    public const long Never = long.MaxValue;

    public long Id => id;

    /// <summary>What committed up to this moment is seen; <see cref="Never"/> before the first statement that needs a snapshot.</summary>
    public long Snapshot { get; set; } = Never;

    /// <summary>When it committed; <see cref="Never"/> while it has not.</summary>
    public long Committed { get; set; } = Never;

    public TransactionTables Tables { get; set; } = TransactionTables.None;

    public bool Sees(Transaction other) => other.Committed <= Snapshot;
}
