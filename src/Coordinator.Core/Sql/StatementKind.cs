namespace Coordinator.Core.Sql;

/// <summary>What a statement does to tables, as far as its words tell.</summary>
public enum StatementKind
{
    /// <summary>SELECT, VALUES, TABLE, DuckDB's FROM.</summary>
    Query,

    /// <summary>INSERT, UPDATE, DELETE, MERGE.</summary>
    Write,

    /// <summary>SET and RESET: they touch no table, but may change what names mean.</summary>
    Setting,

    /// <summary>CREATE TEMPORARY TABLE.</summary>
    TemporaryTable,

    /// <summary>DROP TABLE.</summary>
    DropTable,

    /// <summary>Anything else.</summary>
    Other,
}
