using Coordinator.Tables;

namespace Coordinator.Warehouse.Redshift.Catalog;

/// <summary>The names that a session resolves: its database, the search path and the relations.</summary>
/// <param name="Database">The exact name of the session's database.</param>
/// <param name="IsCaseSensitive">Whether quotes keep capitals: <c>enable_case_sensitive_identifier</c>. By default Redshift folds quoted
/// identifiers as it folds bare ones.</param>
/// <param name="SearchPath">The exact schemas for names without a schema, in order.</param>
/// <param name="Tables">Ordinary tables.</param>
/// <param name="Views">Views of every kind.</param>
internal sealed record CatalogNames(
    string Database, bool IsCaseSensitive, IReadOnlyList<string> SearchPath, IReadOnlySet<TableName> Tables, IReadOnlySet<TableName> Views)
{
    /// <summary>The relation for a name in SQL; null if it is none: an alias, a column, a keyword, a table of another database.</summary>
    public TableName? Resolve(IReadOnlyList<string> name) => Folded(name) switch
    {
        [var table] => SearchPath.Select(schema => Known(schema, table)).FirstOrDefault(static known => known is not null),
        [var schema, var table] => Known(schema, table),
        [var database, var schema, var table] when database == Database => Known(schema, table),
        _ => null,
    };

    /// <summary>Whether a name in SQL has the three parts of a table in another database. <c>schema.table.column</c> has them too, of a known
    /// table.</summary>
    public bool IsElsewhere(IReadOnlyList<string> name) =>
        Folded(name) is [var database, var schema, _] && database != Database && Known(database, schema) is null;

    /// <summary>An identifier of a statement, as the catalog spells it.</summary>
    public string Fold(string identifier) => IsCaseSensitive ? identifier : Lower(identifier);

    /// <summary>Redshift folds ASCII letters only.</summary>
    private static string Lower(string identifier) =>
        string.Create(identifier.Length, identifier, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = from[i] is >= 'A' and <= 'Z' ? (char)(from[i] | 0x20) : from[i];
        });

    private string[] Folded(IReadOnlyList<string> name) => [.. name.Select(Fold)];

    private TableName? Known(string schema, string table)
    {
        if (schema.Length == 0 || table.Length == 0) return null;
        var name = new TableName(schema, table);
        return Tables.Contains(name) || Views.Contains(name) ? name : null;
    }
}
