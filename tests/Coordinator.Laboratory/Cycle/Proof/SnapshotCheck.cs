using Coordinator.Laboratory.Cycle.Work;
using Npgsql;

namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>Compares the tables' contents that jobs recorded with the contents by the ledgers.</summary>
/// <param name="AtTheirTurn">Records that equal exactly what was committed before the run began.</param>
/// <param name="AtAnother">Records that equal an earlier or later state: the run shared the table with a writer.</param>
/// <param name="Wrong">Records that equal no state of the table between two transactions.</param>
internal sealed record SnapshotCheck(long AtTheirTurn, long AtAnother, long Wrong)
{
    public static async Task<SnapshotCheck> RunAsync(NpgsqlDataSource warehouse, CycleTables tables, IReadOnlyList<TableHistory> histories)
    {
        long atTheirTurn = 0, atAnother = 0, wrong = 0;
        var numbers = Enumerable.Range(0, tables.Count).ToDictionary(CycleTables.ShortName, StringComparer.Ordinal);
        for (var table = 0; table < tables.Count; table++)
        {
            await using var command = warehouse.CreateCommand($"SELECT xmin::text, of, count, sum FROM {tables.Name(table)} WHERE of IS NOT NULL");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var run = histories[table].Turn(reader.GetString(0));
                var seen = histories[numbers[reader.GetString(1)]];
                var recorded = (Count: reader.GetInt64(2), Sum: reader.GetInt64(3));
                if (seen.At(run.Started) == recorded) atTheirTurn++;
                else if (seen.EverHeld(recorded.Count, recorded.Sum)) atAnother++;
                else wrong++;
            }
        }

        return new SnapshotCheck(atTheirTurn, atAnother, wrong);
    }
}
