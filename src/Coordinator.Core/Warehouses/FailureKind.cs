namespace Coordinator.Core.Warehouses;

/// <summary>The effect of a warehouse's failure on the transaction.</summary>
public enum FailureKind
{
    /// <summary>Rolled back because of another transaction: retry.</summary>
    Conflict,

    /// <summary>Rolled back because of the request: the same request would fail again.</summary>
    Rejected,

    /// <summary>Not begun or rolled back because the warehouse is unreachable, full or busy: retry later.</summary>
    Unavailable,

    /// <summary>The connection failed around COMMIT: a new transaction finds the outcome in the ledger.</summary>
    Unknown,

    /// <summary>Rolled back because the table differs from the one that the rows were bound to: bind them again.</summary>
    SchemaChanged,

    /// <summary>Rolled back because <see cref="CommitCheck"/> returned that the turn is no longer certain.</summary>
    TurnLost,
}
