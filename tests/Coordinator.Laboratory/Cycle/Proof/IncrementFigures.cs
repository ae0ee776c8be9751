using Coordinator.Laboratory.Cycle.Work;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>The rows that an incremental job counted, compared with the rows that exist.</summary>
/// <param name="Runs">Committed runs of the job.</param>
/// <param name="Rows">Rows that exist.</param>
/// <param name="Uncounted">Rows that no run counted.</param>
internal sealed record IncrementFigures(long Runs, long Rows, long Uncounted)
{
    /// <summary>Reads the counts. Call it when every table has had a run and all writers have stopped.</summary>
    public static async Task<IncrementFigures> ReadAsync(NpgsqlDataSource evidence, CycleTables tables, long runs)
    {
        var rows = string.Join(" + ", Enumerable.Range(0, tables.Count).Select(t => $"(SELECT count(*) FROM {tables.Name(t)} WHERE id <> 0)"));
        await using var command = evidence.CreateCommand($"SELECT {rows}, (SELECT coalesce(sum(count), 0)::bigint FROM {tables.Increments})");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new IncrementFigures(runs, reader.GetInt64(0), reader.GetInt64(0) - reader.GetInt64(1));
    }
}
