using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;

namespace Coordinator.Core.TableSets;

/// <summary>The warehouse's part of <see cref="TableFinder"/>, in one transaction that is rolled back.</summary>
public interface IStatementExplainer
{
    /// <summary>Explains a statement and returns its tables, without running it.</summary>
    Task<StatementTables> ExplainAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken);

    /// <summary>The tables of a statement that cannot be explained, as far as its text has them; null if the warehouse knows nothing about such
    /// a statement.</summary>
    Task<StatementTables?> ReadAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken) =>
        Task.FromResult<StatementTables?>(null);

    /// <summary>Runs a setting, or creates or drops an empty temporary table, so that the next statements can be explained.</summary>
    Task PrepareAsync(StatementKind kind, string sql, CancellationToken cancellationToken);
}
