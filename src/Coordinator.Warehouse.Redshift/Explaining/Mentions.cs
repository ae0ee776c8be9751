using Coordinator.Core.Sql;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Catalog;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>The relations that a statement names, with their aliases.</summary>
internal sealed class Mentions
{
    private readonly HashSet<string> _common = new(StringComparer.Ordinal);
    private readonly HashSet<string> _elsewhere = new(StringComparer.Ordinal);
    private readonly List<(string Alias, TableName Relation)> _aliases = [];
    private readonly HashSet<TableName> _relations = [];

    public Mentions(SqlStatement statement, CatalogNames names)
    {
        var tokens = statement.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].IsName || (i > 0 && tokens[i - 1].Is('.'))) continue;
            var name = SqlNames.At(tokens, i);
            var behind = i + (2 * name.Count) - 1;
            // WITH redefines the name: name AS (.
            if (name.Count == 1 && behind + 1 < tokens.Count && tokens[behind].IsWord("as") && tokens[behind + 1].Is('('))
                _common.Add(names.Fold(name[0]));
            var at = SqlNames.Skip(tokens, behind, "as");
            var alias = at < tokens.Count && tokens[at].IsName ? names.Fold(tokens[at].Value) : "";
            if (names.Resolve(name) is { } relation)
            {
                _relations.Add(relation);
                _aliases.Add((alias, relation));
            }
            else if (names.IsElsewhere(name))
            {
                _elsewhere.Add(names.Fold(name[^1]));
                _elsewhere.Add(alias);
            }
        }
    }

    /// <summary>The tables and views of this database.</summary>
    public IReadOnlySet<TableName> Relations => _relations;

    /// <summary>Whether WITH redefines the table's name.</summary>
    public bool IsCommonTable(TableName table) => _common.Contains(table.Table);

    /// <summary>The relations that a scan may mean: those of its name, or of its alias.</summary>
    public IEnumerable<TableName> Meant(ScannedTable scanned) => _relations.Where(relation => relation.Table == scanned.Table)
        .Concat(_aliases.Where(pair => scanned.MayBeAlias && pair.Alias == scanned.Table).Select(static pair => pair.Relation)).Distinct();

    /// <summary>Whether a table of another database has the scan's name or alias.</summary>
    public bool IsElsewhere(ScannedTable scanned) => _elsewhere.Contains(scanned.Table);
}
