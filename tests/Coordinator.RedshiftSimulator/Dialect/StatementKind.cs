namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>What a statement does, as far as transactions and locks care.</summary>
internal enum StatementKind
{
    /// <summary>Reads, or changes a definition.</summary>
    Other,

    /// <summary>INSERT and COPY: a pure write.</summary>
    Append,

    /// <summary>UPDATE, DELETE and MERGE: reads the table that it writes.</summary>
    Change,

    Begin,
    Commit,
    Rollback,

    /// <summary>SET, SHOW and the like: needs no transaction and takes no snapshot.</summary>
    Session,

    /// <summary>VACUUM, CREATE DATABASE and the like: runs outside of transactions only.</summary>
    Outside,
}
