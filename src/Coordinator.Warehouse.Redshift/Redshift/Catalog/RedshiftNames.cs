using Coordinator.Tables;

namespace Coordinator.Warehouse.Redshift.Redshift.Catalog;

/// <summary>What names mean in a database: the search path, and which relations there are.</summary>
/// <param name="SearchPath">The exact schemas that a name without one is looked for in, in order.</param>
/// <param name="Tables">Ordinary tables.</param>
/// <param name="Views">Views of every kind.</param>
internal sealed record RedshiftNames(IReadOnlyList<string> SearchPath, IReadOnlySet<TableName> Tables, IReadOnlySet<TableName> Views)
{
    /// <summary>The relation of a name as SQL writes it, or null if it means none: an alias, a column, a keyword.</summary>
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
