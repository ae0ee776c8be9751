namespace Coordinator.Core.Warehouses;

/// <summary>Why a transaction failed, for people and figures; what it means for the transaction is <see cref="FailureKind"/>.</summary>
public enum FailureCause
{
    /// <summary>Not told by the adapter.</summary>
    Unstated,

    /// <summary>Another transaction came first: a serialization failure, Redshift's 1023.</summary>
    Conflict,

    /// <summary>Two transactions waited for each other.</summary>
    Deadlock,

    /// <summary>Another transaction held a lock for longer than we wait.</summary>
    LockTimeout,

    /// <summary>A value or row does not fit: too long, out of range, null, a constraint.</summary>
    RejectedRow,

    /// <summary>The statement itself is refused: syntax, a name that does not exist.</summary>
    RejectedStatement,

    /// <summary>The user may not do this.</summary>
    Permission,

    /// <summary>Too many connections or queries, too little memory.</summary>
    Overload,

    /// <summary>No space left.</summary>
    DiskFull,

    /// <summary>Reads only, for now: a standby, maintenance, a resize.</summary>
    ReadOnly,

    /// <summary>No connection, or lost before COMMIT.</summary>
    Connection,

    /// <summary>Cancelled by an operator or a limit of the warehouse.</summary>
    Cancelled,

    /// <summary>The files of a staged batch cannot be written to S3, or not be read from there.</summary>
    Staging,

    /// <summary>The warehouse's own trouble, in words that say nothing certain.</summary>
    Internal,

    /// <summary>Lost around COMMIT.</summary>
    UnknownOutcome,
}
