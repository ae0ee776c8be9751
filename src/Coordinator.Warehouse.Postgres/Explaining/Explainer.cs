using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Postgres.Failures;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Explaining;

/// <summary>Explains statements in a transaction that its owner rolls back. Each has a savepoint, so that its locks end with it.</summary>
internal sealed class Explainer(NpgsqlConnection connection) : IStatementExplainer
{
    public Task<StatementTables> ExplainAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken) => WithinSavepointAsync(
        async () =>
        {
            await using var explain = new NpgsqlCommand("EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) " + statement.Text, connection);
            var plan = new PlanText((string)(await explain.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);
            return await TouchedTables.ReadAsync(connection, ordinal, plan, statement.Calls, cancellationToken).ConfigureAwait(false);
        },
        keeps: false,
        cancellationToken);

    public Task PrepareAsync(StatementKind kind, string sql, CancellationToken cancellationToken) => WithinSavepointAsync(
        async () =>
        {
            await RunAsync(sql, cancellationToken).ConfigureAwait(false);
            return true;
        },
        keeps: true,
        cancellationToken);

    private async Task<T> WithinSavepointAsync<T>(Func<Task<T>> work, bool keeps, CancellationToken cancellationToken)
    {
        await RunAsync("SAVEPOINT explained", cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await work().ConfigureAwait(false);
            await RunAsync(keeps ? "RELEASE SAVEPOINT explained" : "ROLLBACK TO SAVEPOINT explained", cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (PostgresException e) when (WarehouseFailure.Of(e, TransactionStage.Work) is { Kind: FailureKind.Rejected } refused)
        {
            await RunAsync("ROLLBACK TO SAVEPOINT explained", cancellationToken).ConfigureAwait(false);
            throw refused;
        }
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
