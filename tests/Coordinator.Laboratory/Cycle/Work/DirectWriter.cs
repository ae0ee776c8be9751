using System.Data;
using System.Globalization;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Work;

/// <summary>Writes directly to the warehouse at SERIALIZABLE, or at Redshift's level, one try each, as services without the coordinator
/// do.</summary>
internal sealed class DirectWriter(NpgsqlDataSource database, CycleTables tables) : ICycleWriter
{
    public Task InsertAsync(int table, IReadOnlyList<CycleRow> rows)
    {
        var values = rows.Select(static (_, i) => string.Create(CultureInfo.InvariantCulture, $"(${(2 * i) + 1}, ${(2 * i) + 2})"));
        return CommitAsync($"INSERT INTO {tables.Name(table)} (id, value) VALUES {string.Join(", ", values)}",
            [.. rows.SelectMany(static r => new[] { r.Id, r.Value })]);
    }

    public async Task<FinishedRun> RunAsync(JobRun run)
    {
        await CommitAsync(run.Sql(tables));
        return new FinishedRun(run, Guid.NewGuid(), TimeSpan.Zero);
    }

    public Task CountAsync(int table) => CommitAsync(Increment.Sql(tables, table));

    private async Task CommitAsync(string sql, params long[] parameters)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
