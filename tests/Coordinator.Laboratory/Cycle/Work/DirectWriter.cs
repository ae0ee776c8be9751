using System.Data;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>Writes straight to PostgreSQL at SERIALIZABLE, one try each, as services do that do not coordinate.</summary>
internal sealed class DirectWriter(NpgsqlDataSource database, CycleTables tables) : ICycleWriter
{
    public Task InsertAsync(int table, IReadOnlyList<CycleRow> rows) => CommitAsync(
        $"INSERT INTO {tables.Name(table)} (id, value) SELECT * FROM unnest($1::bigint[], $2::bigint[])",
        rows.Select(static r => r.Id).ToArray(),
        rows.Select(static r => r.Value).ToArray());

    public async Task<FinishedRun> RunAsync(JobRun run)
    {
        await CommitAsync(run.Sql(tables));
        return new FinishedRun(run, Guid.NewGuid(), TimeSpan.Zero);
    }

    private async Task CommitAsync(string sql, params long[][] parameters)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
