using Npgsql;

namespace Coordinator.Benchmarks.Ingest;

/// <summary>The tables. All have the same columns.</summary>
internal static class BenchmarkTables
{
    public const string Plain = "plain";

    public static readonly string[] Coordinated = ["events_1", "events_2", "events_3", "events_4"];

    public static async Task CreateAsync(NpgsqlDataSource warehouse, CancellationToken ct)
    {
        foreach (var table in Coordinated.Append(Plain))
            await ExecuteAsync(warehouse, $"CREATE TABLE {table} (id bigint, kind text, value double precision, at timestamptz)", ct);
    }

    /// <summary>Runs a checkpoint, so that no phase pays for the writes of the phase before.</summary>
    public static Task SettleAsync(NpgsqlDataSource warehouse, CancellationToken ct) => ExecuteAsync(warehouse, "CHECKPOINT", ct);

    public static async Task<long> CountAsync(NpgsqlDataSource warehouse, IEnumerable<string> tables, CancellationToken ct)
    {
        var count = 0L;
        foreach (var table in tables)
        {
            await using var command = warehouse.CreateCommand($"SELECT count(*) FROM {table}");
            count += (long)(await command.ExecuteScalarAsync(ct))!;
        }
        return count;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource warehouse, string sql, CancellationToken ct)
    {
        await using var command = warehouse.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
