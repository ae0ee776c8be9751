namespace Coordinator.Core.Warehouses;

/// <summary>What a warehouse's failure means for the transaction.</summary>
public enum FailureKind
{
    /// <summary>Rolled back because of another transaction: try again.</summary>
    Conflict,

    /// <summary>Rolled back because of what was asked: the same would fail again.</summary>
    Rejected,

    /// <summary>Not begun or rolled back because the warehouse is away, full or busy: try again later.</summary>
    Unavailable,

    /// <summary>The connection died around COMMIT: a new transaction finds out at the ledger.</summary>
    Unknown,

    /// <summary>Rolled back because the table is not the one that the rows were bound to: bind them again.</summary>
    SchemaChanged,

    /// <summary>Rolled back because <see cref="CommitCheck"/> said that the turn is no longer certain.</summary>
    TurnLost,
}
