namespace Coordinator.Core.Warehouses;

/// <summary>The cause of a failed transaction, for messages and figures. Its effect on the transaction is <see cref="FailureKind"/>.</summary>
public enum FailureCause
{
    /// <summary>The adapter did not set it.</summary>
    Unstated,

    /// <summary>Another transaction came first: a serialization failure, Redshift's 1023.</summary>
    Conflict,

    /// <summary>Two transactions waited for each other.</summary>
    Deadlock,

    /// <summary>Another transaction held a lock for longer than the timeout.</summary>
    LockTimeout,

    /// <summary>A value or row does not fit: too long, out of range, null, a constraint.</summary>
    RejectedRow,

    /// <summary>The statement itself is refused: syntax, a name that does not exist.</summary>
    RejectedStatement,

    /// <summary>The user lacks a right.</summary>
    Permission,

    /// <summary>Too many connections or queries, too little memory.</summary>
    Overload,

    /// <summary>No space left.</summary>
    DiskFull,

    /// <summary>Temporarily read-only: a standby, maintenance, a resize.</summary>
    ReadOnly,

    /// <summary>No connection, or lost before COMMIT.</summary>
    Connection,

    /// <summary>Cancelled by an operator or by a limit of the warehouse.</summary>
    Cancelled,

    /// <summary>The files of a staged batch cannot be written to S3, or cannot be read from it.</summary>
    Staging,

    /// <summary>An internal error of the warehouse with an unspecific message.</summary>
    Internal,

    /// <summary>An internal error at the rows themselves, in words that no rule knows: the warehouse or a row may be at fault.</summary>
    UnexplainedRefusal,

    /// <summary>Lost around COMMIT.</summary>
    UnknownOutcome,
}
