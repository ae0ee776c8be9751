using System.Data.Common;

namespace Coordinator.Demo;

/// <summary>A connection that runs transactions without retries: the writers of the first half, and the readers of both.</summary>
internal sealed class DirectSession(DbConnection connection, DemoWarehouse warehouse, DemoTables tables) : IDemoWriter
{
    public Task<bool> InsertAsync(IReadOnlyList<EventRow> rows, CancellationToken cancellationToken) => RunAsync(
        command =>
        {
            command.CommandText = tables.Insert(rows.Count);
            foreach (var row in rows)
            {
                Add(command, row.Id);
                Add(command, row.Kind);
                Add(command, row.Amount);
            }
        },
        cancellationToken);

    public Task<bool> UpdateAsync(CancellationToken cancellationToken) => RunAsync(command => command.CommandText = tables.Job, cancellationToken);

    public Task<bool> ReadAsync(CancellationToken cancellationToken) => RunAsync(command => command.CommandText = tables.Read, cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static void Add(DbCommand command, object value)
    {
        var parameter = command.CreateParameter();
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private async Task<bool> RunAsync(Action<DbCommand> prepare, CancellationToken cancellationToken)
    {
        // DuckDB executes on the calling thread.
        return await Task.Run(
            async () =>
            {
                await using var transaction = await connection.BeginTransactionAsync(warehouse.Isolation, cancellationToken);
                try
                {
                    await using var command = connection.CreateCommand();
                    command.Transaction = transaction;
                    prepare(command);
                    await command.ExecuteNonQueryAsync(cancellationToken);
                    await transaction.CommitAsync(CancellationToken.None);
                    return true;
                }
                catch (DbException e) when (warehouse.IsConflict(e))
                {
                    return false;
                }
                catch (DbException e)
                {
                    throw warehouse.Unavailable(e);
                }
            },
            cancellationToken);
    }
}
