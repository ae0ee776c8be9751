using Coordinator.Laboratory.Cycle.Work;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>What an incremental job counted, held against what there is to count.</summary>
/// <param name="Runs">Its runs that committed.</param>
/// <param name="Rows">Rows there are.</param>
/// <param name="Uncounted">Those of them that are in no run.</param>
internal sealed record IncrementFigures(long Runs, long Rows, long Uncounted)
{
    /// <summary>Asks when every table has had a run and nobody writes.</summary>
    public static async Task<IncrementFigures> ReadAsync(NpgsqlDataSource evidence, CycleTables tables, long runs)
    {
        var rows = string.Join(" + ", Enumerable.Range(0, tables.Count).Select(t => $"(SELECT count(*) FROM {tables.Name(t)} WHERE id <> 0)"));
        await using var command = evidence.CreateCommand($"SELECT {rows}, (SELECT coalesce(sum(count), 0)::bigint FROM {tables.Increments})");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new IncrementFigures(runs, reader.GetInt64(0), reader.GetInt64(0) - reader.GetInt64(1));
    }
}
