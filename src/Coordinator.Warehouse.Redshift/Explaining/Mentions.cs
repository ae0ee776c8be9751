using Coordinator.Core.Sql;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Catalog;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>The relations that a statement names, with their aliases.</summary>
internal sealed class Mentions
{
    private readonly HashSet<string> _common = new(StringComparer.Ordinal);
    private readonly HashSet<TableName> _relations = [];
    private readonly List<(string Alias, TableName Relation)> _aliases = [];
    private readonly List<(string Name, string Alias)> _elsewhere;

    public Mentions(SqlStatement statement, CatalogNames names)
    {
        var qualifiers = new HashSet<string>(StringComparer.Ordinal);
        var elsewhere = new List<(string Database, string Name, string Alias)>();
        foreach (var (name, alias, isCommon, isSubQuery) in Read(statement.Tokens, names))
        {
            if (isCommon) _common.Add(names.Fold(name[0]));
            if (isCommon || isSubQuery) qualifiers.Add(names.Fold(name[0]));
            if (names.Resolve(name) is { } relation)
            {
                _relations.Add(relation);
                _aliases.Add((alias, relation));
                qualifiers.UnionWith([alias, relation.Table]);
            }
            else if (names.IsElsewhere(name))
            {
                elsewhere.Add((names.Fold(name[0]), names.Fold(name[^1]), alias));
                qualifiers.Add(alias);
            }
        }

        // Behind a table or an alias the parts are a path into a SUPER column.
        _elsewhere = [.. elsewhere.Where(other => !qualifiers.Contains(other.Database)).Select(static other => (other.Name, other.Alias))];
    }

    /// <summary>The tables and views of this database.</summary>
    public IReadOnlySet<TableName> Relations => _relations;

    /// <summary>Whether WITH redefines the table's name.</summary>
    public bool IsCommonTable(TableName table) => _common.Contains(table.Table);

    /// <summary>The relations that a scan may mean: those of its name, or of its alias.</summary>
    public IEnumerable<TableName> Meant(ScannedTable scanned) => _relations.Where(relation => relation.Table == scanned.Table)
        .Concat(_aliases.Where(pair => scanned.MayBeAlias && pair.Alias == scanned.Table).Select(static pair => pair.Relation)).Distinct();

    /// <summary>Whether a table of another database has the scan's name, or its alias.</summary>
    public bool IsElsewhere(ScannedTable scanned) =>
        _elsewhere.Exists(other => other.Name == scanned.Table || (scanned.MayBeAlias && other.Alias == scanned.Table));

    /// <summary>Every dotted name with the name behind it, and whether it is defined here: by WITH, <c>name AS (</c>, or as the alias of a
    /// sub-query.</summary>
    private static IEnumerable<(IReadOnlyList<string> Name, string Alias, bool IsCommon, bool IsSubQuery)> Read(
        IReadOnlyList<SqlToken> tokens, CatalogNames names)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].IsName || (i > 0 && tokens[i - 1].Is('.'))) continue;
            var name = SqlNames.At(tokens, i);
            var behind = i + (2 * name.Count) - 1;
            var at = SqlNames.Skip(tokens, behind, "as");
            var alias = at < tokens.Count && tokens[at].IsName ? names.Fold(tokens[at].Value) : "";
            var isCommon = name.Count == 1 && at > behind && at < tokens.Count && tokens[at].Is('(');
            var isSubQuery = name.Count == 1 && i > 0 && (tokens[i - 1].Is(')') || (i > 1 && tokens[i - 1].IsWord("as") && tokens[i - 2].Is(')')));
            yield return (name, alias, isCommon, isSubQuery);
        }
    }
}
