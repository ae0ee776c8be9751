using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Catalog;

namespace Coordinator.Warehouse.Redshift.Explaining;

/// <summary>Finds a statement's tables with Redshift's plan, which contains the scanned tables without their schemas, and not the written
/// table.</summary>
/// <remarks>A name in the plan is certain if the statement itself names a table of that name and no view, because the plan does not show what a
/// view stands for. A table that is named but not scanned may still be read at another time: Redshift removes joins that cannot
/// matter. A table of another database is never taken for the one of the same name here, and needs no reservation.</remarks>
internal static class TouchedTables
{
    public static StatementTables Find(int ordinal, SqlStatement statement, PlanText plan, CatalogNames names)
    {
        var doubts = new List<string>();
        var mentions = new Mentions(statement, names);
        foreach (var view in mentions.Relations.Where(names.Views.Contains).Order())
            doubts.Add($"Redshift does not say in which schemas the tables of view {view} are");
        if (plan.LeavesOut) doubts.Add("Redshift leaves out of its plan what never runs");
        foreach (var secured in plan.Secured)
            doubts.Add($"the policy of {IdentifierText.Quote(secured)} for row-level security may read tables that the plan does not show");
        var scanned = plan.Tables.SelectMany(table => Meant(table, mentions, names, doubts)).ToHashSet();
        IReadOnlyList<TableName> writes = statement.Kind == StatementKind.Write ? Written(statement.Target, names, doubts) : [];
        foreach (var table in mentions.Relations.Where(table =>
            names.Tables.Contains(table) && !scanned.Contains(table) && !writes.Contains(table) && !mentions.IsCommonTable(table)).Order())
            doubts.Add($"the plan does not scan {table}, which the statement names");
        return Tables(ordinal, writes, [.. scanned.Except(writes).Order()], doubts);
    }

    /// <summary>The tables of a statement that reads no table and writes this one.</summary>
    public static StatementTables OfTarget(int ordinal, IReadOnlyList<string> target, CatalogNames names)
    {
        var doubts = new List<string>();
        return Tables(ordinal, Written(target, names, doubts), [], doubts);
    }

    private static StatementTables Tables(int ordinal, IReadOnlyList<TableName> writes, IReadOnlyList<TableName> reads, List<string> doubts) =>
        new(ordinal, writes, reads, doubts.Count > 0 ? string.Join(", ", doubts) : null);

    private static IReadOnlyList<TableName> Written(IReadOnlyList<string> target, CatalogNames names, List<string> doubts)
    {
        if (names.Resolve(target) is { } table && names.Tables.Contains(table)) return [table];
        doubts.Add($"there is no table {string.Join('.', target.Select(names.Fold).Select(IdentifierText.Quote))} to write to");
        return [];
    }

    private static List<TableName> Meant(ScannedTable scanned, Mentions mentions, CatalogNames names, List<string> doubts)
    {
        if (scanned.Database.Length > 0 && scanned.Database != names.Database) return [];
        if (scanned.Schema.Length > 0) return [new TableName(scanned.Schema, scanned.Table)];
        var meant = mentions.Meant(scanned).Where(names.Tables.Contains).ToList();
        if (meant.Count == 0 && !mentions.IsElsewhere(scanned))
            doubts.Add($"the plan scans {IdentifierText.Quote(scanned.Table)}, which the statement does not name");
        return meant;
    }
}
