using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Explains statements in a transaction that its owner rolls back.</summary>
/// <remarks>The plan is the one before optimisation, so that no removed filter or join hides a table. DuckDB resolves views, macros and
/// search_path itself. Its plans do not name the written table: that name is in the statement, and is resolved by explaining a scan of
/// it.</remarks>
internal sealed class Explainer(DuckDbSession session) : IStatementExplainer
{
    private const string LogicalPlan = "logical_plan";

    private string _database = "";

    public Task BeginAsync(CancellationToken cancellationToken) => session.RunAsync(
        s =>
        {
            // The next user of the connection must not see these settings and temporary tables.
            s.Retire();
            s.Execute("PRAGMA explain_output = 'ALL'");
            _database = s.Query("SELECT current_database()", static r => r.GetString(0))[0];
            s.Begin();
            return true;
        },
        cancellationToken);

    public Task<StatementTables> ExplainAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken) =>
        session.RunAsync(s => Explain(s, statement, ordinal), cancellationToken);

    public Task PrepareAsync(StatementKind kind, string sql, CancellationToken cancellationToken)
    {
        // Most settings are global in DuckDB and no rollback undoes them. Only search_path changes the meaning of names.
        var isNeedless = kind == StatementKind.Setting && !sql.Contains("search_path", StringComparison.OrdinalIgnoreCase)
            && !sql.Contains("schema", StringComparison.OrdinalIgnoreCase);
        return isNeedless ? Task.CompletedTask : session.RunAsync(s => s.Execute(sql), cancellationToken);
    }

    private StatementTables Explain(DuckDbSession s, SqlStatement statement, int ordinal)
    {
        var doubts = new List<string>();
        var scanned = Named(Scanned(s, statement.Text), doubts);
        var target = statement.Kind == StatementKind.Write ? Scanned(s, "FROM " + string.Join('.', statement.Target.Select(DuckDbSql.Quote))) : [];
        var writes = Named(target, doubts);
        return new StatementTables(ordinal, writes, [.. scanned.Except(writes)], doubts.Count > 0 ? string.Join(", ", doubts.Distinct()) : null);
    }

    private static IReadOnlyList<string> Scanned(DuckDbSession s, string sql) =>
        PlanText.Tables(s.Query("EXPLAIN (FORMAT JSON) " + sql, static r => (Key: r.GetString(0), Plan: r.GetString(1)))
            .Single(static row => row.Key == LogicalPlan).Plan);

    private List<TableName> Named(IEnumerable<string> tables, List<string> doubts)
    {
        var names = new List<TableName>();
        foreach (var table in tables.Distinct())
        {
            if (IdentifierText.Split(table, folds: false) is [var database, var schema, var name])
            {
                if (database == _database) names.Add(new TableName(schema, name));
                if (database == _database || database is "temp" or "system") continue;
            }

            doubts.Add($"{table} is in another database");
        }

        return names;
    }
}
