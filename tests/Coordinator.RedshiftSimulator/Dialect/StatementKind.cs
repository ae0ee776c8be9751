namespace Coordinator.RedshiftSimulator.Dialect;

/// <summary>The kind of a statement, as far as it matters for transactions and locks.</summary>
internal enum StatementKind
{
    /// <summary>Reads, or changes a definition.</summary>
    Other,

    /// <summary>INSERT and COPY: only writes.</summary>
    Append,

    /// <summary>UPDATE, DELETE and MERGE: read the table that they write.</summary>
    Change,

    Begin,
    Commit,
    Rollback,

    /// <summary>SET, SHOW and similar: need no transaction and take no snapshot.</summary>
    Session,

    /// <summary>VACUUM, CREATE DATABASE and similar: run outside of transactions only.</summary>
    Outside,
}
