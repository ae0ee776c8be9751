using System.Net.Http.Json;
using System.Text.Json;
using Coordinator.Jobs;
using Npgsql;

namespace Coordinator.Benchmarks.Schedule;

/// <summary>Reads the evidence: the job's ledger, its table and its history.</summary>
internal sealed class ScheduleEvidence(NpgsqlDataSource warehouse)
{
    public const string Job = "tick";
    public const string Table = "job_runs";

    public Task CreateTablesAsync(CancellationToken ct) =>
        ExecuteAsync($"CREATE TABLE {Table} (at timestamptz NOT NULL); CREATE TABLE blocked (at timestamptz NOT NULL)", ct);

    /// <summary>The ledger's rows in order: the first and the last tick of each.</summary>
    public async Task<List<(long First, long Last)>> RowsAsync(CancellationToken ct)
    {
        var rows = new List<(long, long)>();
        await using var command = warehouse.CreateCommand(
            $"SELECT first_sequence, last_sequence FROM coordinator.\"public.{Table}\" WHERE origin = $1 ORDER BY 1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = JobTick.OriginOf(Job) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return rows;
    }

    /// <summary>Counts the ticks from one second up to another.</summary>
    public async Task<ScheduleReport> ReportAsync(HttpClient host, int hosts, int killed, long from, long to, CancellationToken ct)
    {
        var rows = await RowsAsync(ct);
        var (runs, coalesced, lost, doubled) = (0, 0, 0, Math.Max(0, await BeyondLedgerAsync(ct)));
        for (var tick = from; tick < to; tick++)
        {
            var covering = rows.Where(row => row.First <= tick && tick <= row.Last).ToList();
            if (covering.Count == 0) lost++;
            else if (covering.Count > 1) doubled++;
            else if (covering[0].First == tick) runs++;
            else coalesced++;
        }

        return new ScheduleReport(hosts, killed, (int)(to - from), runs, coalesced, await CoalescedReceiptsAsync(host, from, to, ct), lost, doubled);
    }

    /// <summary>One statement is one snapshot; this matters because the schedule continues.</summary>
    private async Task<long> BeyondLedgerAsync(CancellationToken ct)
    {
        await using var command = warehouse.CreateCommand(
            $"SELECT (SELECT count(*) FROM {Table}) - (SELECT count(*) FROM coordinator.\"public.{Table}\" WHERE origin = $1)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = JobTick.OriginOf(Job) });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<int> CoalescedReceiptsAsync(HttpClient host, long from, long to, CancellationToken ct)
    {
        var history = await host.GetFromJsonAsync<JsonElement>(new Uri($"v1/jobs/{Job}/runs?limit=1000", UriKind.Relative), ct);
        return history.GetProperty("runs").EnumerateArray().Count(run =>
            run.GetProperty("status").GetString() == "coalesced" && run.GetProperty("tick").GetDateTimeOffset().ToUnixTimeSeconds() is var tick
                && tick >= from && tick < to);
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = warehouse.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
