namespace Coordinator.Core.Sql;

/// <summary>The rules by which a text becomes tokens, where warehouses disagree.</summary>
public enum SqlDialect
{
    /// <summary>PostgreSQL and DuckDB: a backslash escapes in <c>E'…'</c> only, and <c>#</c> is an operator.</summary>
    Standard,

    /// <summary>Redshift: a backslash escapes in every string, and <c>#name</c> is a temporary table.</summary>
    Redshift,
}
