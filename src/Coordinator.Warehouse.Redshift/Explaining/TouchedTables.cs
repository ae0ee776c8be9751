using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Catalog;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>Finds a statement's tables with Redshift's plan, which contains the scanned tables without their schemas, and not the written
/// table.</summary>
/// <remarks>A name in the plan is certain if the statement itself names a table of that name and no view, because the plan does not show what a
/// view stands for. A table that is named but not scanned may still be read at another time: Redshift removes joins that cannot
/// matter.</remarks>
internal static class TouchedTables
{
    public static StatementTables Find(int ordinal, SqlStatement statement, PlanText plan, CatalogNames names)
    {
        var doubts = new List<string>();
        var mentioned = SqlNames.All(statement.Tokens).Select(names.Resolve).OfType<TableName>().ToHashSet();
        foreach (var view in mentioned.Where(names.Views.Contains).Order())
            doubts.Add($"Redshift does not say in which schemas the tables of view {view} are");
        if (plan.LeavesOut) doubts.Add("Redshift leaves out of its plan what never runs");
        var scanned = plan.Tables.SelectMany(table => Meant(table, mentioned, names, doubts)).ToHashSet();
        var writes = new List<TableName>();
        if (statement.Kind == StatementKind.Write)
        {
            if (names.Resolve(statement.Target) is { } target && names.Tables.Contains(target)) writes.Add(target);
            else doubts.Add($"there is no table {string.Join('.', statement.Target.Select(IdentifierText.Quote))} to write to");
        }

        foreach (var table in mentioned.Where(table =>
            names.Tables.Contains(table) && !scanned.Contains(table) && !writes.Contains(table) && !IsCommonTable(statement, table)).Order())
            doubts.Add($"the plan does not scan {table}, which the statement names");
        return new StatementTables(ordinal, writes, [.. scanned.Except(writes).Order()], doubts.Count > 0 ? string.Join(", ", doubts) : null);
    }

    /// <summary>Whether WITH redefines the name: <c>name AS (</c>.</summary>
    private static bool IsCommonTable(SqlStatement statement, TableName table)
    {
        for (var i = 0; i + 2 < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i] is { IsName: true } name && name.Value == table.Table && statement.Tokens[i + 1].IsWord("as")
                && statement.Tokens[i + 2].Is('(')) return true;
        }

        return false;
    }

    private static List<TableName> Meant(ScannedTable scanned, HashSet<TableName> mentioned, CatalogNames names, List<string> doubts)
    {
        if (scanned.Schema.Length > 0) return [new TableName(scanned.Schema, scanned.Table)];
        var meant = mentioned.Where(name => name.Table == scanned.Table && names.Tables.Contains(name)).ToList();
        if (meant.Count == 0) doubts.Add($"the plan scans {IdentifierText.Quote(scanned.Table)}, which the statement does not name");
        return meant;
    }
}
