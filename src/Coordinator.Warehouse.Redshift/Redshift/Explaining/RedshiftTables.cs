using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Warehouse.Redshift.Redshift.Explaining;

/// <summary>Finds a statement's tables in Redshift's plan, which says what is scanned but not in which schema, nor what is written.</summary>
/// <remarks>
/// A plan's name is certain if the statement itself names a table of that name and no view, for what a view stands for is not written anywhere.
/// </remarks>
internal static class RedshiftTables
{
    public static StatementTables Find(int ordinal, SqlStatement statement, ExplainText plan, RedshiftNames names)
    {
        var doubts = new List<string>();
        var mentioned = SqlNames.All(statement.Tokens).Select(names.Resolve).OfType<TableName>().ToHashSet();
        foreach (var view in mentioned.Where(names.Views.Contains).Order()) doubts.Add($"Redshift does not say in which schemas the tables of view {view} are");
        if (plan.LeavesOut) doubts.Add("Redshift leaves out of its plan what never runs");
        var scanned = plan.Tables.SelectMany(table => Meant(table, mentioned, names, doubts)).ToHashSet();
        var writes = new List<TableName>();
        if (statement.Kind == StatementKind.Write)
        {
            if (names.Resolve(statement.Target) is { } target && names.Tables.Contains(target)) writes.Add(target);
            else doubts.Add($"there is no table {string.Join('.', statement.Target.Select(IdentifierText.Quote))} to write to");
        }

        return new StatementTables(ordinal, writes, [.. scanned.Except(writes).Order()], doubts.Count > 0 ? string.Join(", ", doubts) : null);
    }

    private static List<TableName> Meant(ScannedTable scanned, HashSet<TableName> mentioned, RedshiftNames names, List<string> doubts)
    {
        if (scanned.Schema.Length > 0) return [new TableName(scanned.Schema, scanned.Table)];
        var meant = mentioned.Where(name => name.Table == scanned.Table && names.Tables.Contains(name)).ToList();
        if (meant.Count == 0) doubts.Add($"the plan scans {IdentifierText.Quote(scanned.Table)}, which the statement does not name");
        return meant;
    }
}
