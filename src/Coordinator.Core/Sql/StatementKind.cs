namespace Coordinator.Core.Sql;

/// <summary>The effect of a statement on tables, as far as its words reveal it.</summary>
public enum StatementKind
{
    /// <summary>SELECT, VALUES, TABLE, DuckDB's FROM.</summary>
    Query,

    /// <summary>INSERT, UPDATE, DELETE, MERGE.</summary>
    Write,

    /// <summary>SET and RESET: they touch no table, but may change the meaning of names.</summary>
    Setting,

    /// <summary>CREATE TEMPORARY TABLE.</summary>
    TemporaryTable,

    /// <summary>DROP TABLE.</summary>
    DropTable,

    /// <summary>Anything else.</summary>
    Other,
}
