using Coordinator.Laboratory.Load;
using Npgsql;

namespace Coordinator.Laboratory.Evidence;

/// <summary>Compares the acknowledged rows with the rows in the warehouse.</summary>
/// <param name="Acknowledged">Intents with a committed receipt.</param>
/// <param name="Lost">Acknowledged intents without a row.</param>
/// <param name="Doubled">Intents with more than one row.</param>
internal sealed record RowCheck(long Acknowledged, long Lost, long Doubled)
{
    public static async Task<RowCheck> RunAsync(NpgsqlDataSource warehouse, IEnumerable<TableProgress> tables)
    {
        long acknowledged = 0, lost = 0, doubled = 0;
        foreach (var table in tables)
        {
            var ids = table.Acknowledged;
            acknowledged += ids.Length;
            await using var missing = warehouse.CreateCommand(
                $"SELECT count(*) FROM unnest($1::bigint[]) AS a(id) WHERE NOT EXISTS (SELECT FROM {table.Table} t WHERE t.id = a.id)");
            missing.Parameters.AddWithValue(ids);
            lost += (long)(await missing.ExecuteScalarAsync())!;
            await using var twice = warehouse.CreateCommand($"SELECT count(*) FROM (SELECT FROM {table.Table} GROUP BY id HAVING count(*) > 1) AS t");
            doubled += (long)(await twice.ExecuteScalarAsync())!;
        }

        return new RowCheck(acknowledged, lost, doubled);
    }
}
