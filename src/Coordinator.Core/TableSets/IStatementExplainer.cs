using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;

namespace Coordinator.Core.TableSets;

/// <summary>The warehouse's part of <see cref="TableFinder"/>, in one transaction that is rolled back.</summary>
public interface IStatementExplainer
{
    /// <summary>Explains a statement and returns its tables, without running it.</summary>
    Task<StatementTables> ExplainAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken);

    /// <summary>Runs a setting, or creates or drops an empty temporary table, so that the next statements can be explained.</summary>
    Task PrepareAsync(StatementKind kind, string sql, CancellationToken cancellationToken);
}
