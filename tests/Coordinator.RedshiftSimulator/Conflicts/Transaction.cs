namespace Coordinator.RedshiftSimulator.Conflicts;

/// <summary>A transaction in the history. Moments are values of the commit counter.</summary>
internal sealed class Transaction(long id)
{
    public const long Never = long.MaxValue;

    public long Id => id;

    /// <summary>Commits up to this moment are visible; <see cref="Never"/> before the first statement that needs a snapshot.</summary>
    public long Snapshot { get; set; } = Never;

    /// <summary>When it committed; <see cref="Never"/> before that.</summary>
    public long Committed { get; set; } = Never;

    public TransactionTables Tables { get; set; } = TransactionTables.None;

    public bool Sees(Transaction other) => other.Committed <= Snapshot;
}
