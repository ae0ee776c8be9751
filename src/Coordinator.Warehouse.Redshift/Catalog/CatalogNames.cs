using Coordinator.Tables;

namespace Coordinator.Warehouse.Redshift.Catalog;

/// <summary>The names that a database resolves: the search path and the relations.</summary>
/// <param name="SearchPath">The exact schemas for names without a schema, in order.</param>
/// <param name="Tables">Ordinary tables.</param>
/// <param name="Views">Views of every kind.</param>
internal sealed record CatalogNames(IReadOnlyList<string> SearchPath, IReadOnlySet<TableName> Tables, IReadOnlySet<TableName> Views)
{
    /// <summary>The relation for a name in SQL; null if it is none: an alias, a column, a keyword.</summary>
    public TableName? Resolve(IReadOnlyList<string> name) => name switch
    {
        [var table] => SearchPath.Select(schema => Known(schema, table)).FirstOrDefault(static known => known is not null),
        [.., var schema, var table] => Known(schema, table),
        _ => null,
    };

    private TableName? Known(string schema, string table)
    {
        if (schema.Length == 0 || table.Length == 0) return null;
        var name = new TableName(schema, table);
        return Tables.Contains(name) || Views.Contains(name) ? name : null;
    }
}
