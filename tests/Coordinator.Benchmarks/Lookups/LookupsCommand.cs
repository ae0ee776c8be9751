using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Benchmarks.Lookups;

/// <summary>Looks intents up over HTTP in a warehouse with many ledgers, from a client-host that did not forward them.</summary>
internal static class LookupsCommand
{
    private const int CreatedAtOnce = 250;

    public static Command Create()
    {
        var ledgers = new Option<int>("--ledgers") { Description = "Tables with a ledger.", DefaultValueFactory = static _ => 10_000 };
        var lookups = new Option<int>("--lookups") { Description = "Requests of each kind.", DefaultValueFactory = static _ => 1_000 };
        var searches = new Option<int>("--searches")
        {
            Description = "Requests of the kinds that search all ledgers.",
            DefaultValueFactory = static _ => 20,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("lookups", "Milliseconds for GET /v1/intents/{id} and /health/ready in a warehouse with many ledgers.")
        {
            ledgers, lookups, searches, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var results = await RunAsync(parsed.GetValue(ledgers), parsed.GetValue(lookups), parsed.GetValue(searches), ct);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
            else foreach (var result in results) Console.WriteLine(result);
            return 0;
        });
        return command;
    }

    private static async Task<List<LookupsResult>> RunAsync(int ledgers, int lookups, int searches, CancellationToken ct)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var memcached = await MemcachedServer.StartAsync();
        await memcached.GrowOldAsync("coordinator");
        var database = await postgres.CreateDatabaseAsync(ct);
        await using var warehouse = NpgsqlDataSource.Create(database);
        await RunAsync(warehouse, "CREATE TABLE t0 (id bigint)", ct);
        await using var silo = await SiloProcess.StartAsync(
            new Dictionary<string, string?>
            {
                ["Coordinator:Warehouse:Provider"] = "Postgres",
                ["Coordinator:Warehouse:ConnectionString"] = database,
                ["Coordinator:Locking:Memcached:Servers"] = memcached.Endpoint,
            },
            ct);
        await using var writing = await ClientHostProcess.ServeAsync(silo.ClientSettings, ct);
        var given = await WriteAsync(writing.Http, null, ct);
        await CreateLedgersAsync(warehouse, ledgers, ct);
        var (ids, keys) = (new List<string> { given }, new List<string>());
        for (var i = 0; i < lookups; i++) ids.Add(await WriteAsync(writing.Http, null, ct));
        for (var i = 0; i < searches; i++) keys.Add(await WriteAsync(writing.Http, $"order-{i}", ct));

        await using var host = await ClientHostProcess.ServeAsync(silo.ClientSettings, ct);
        return
        [
            await MeasureAsync("readiness of the client-host", lookups, host.Http, static _ => "health/ready", 200, ct),
            await MeasureAsync("readiness of the silo", lookups, silo.Http, static _ => "health/ready", 200, ct),
            await MeasureAsync("id that a host made", lookups, host.Http, i => $"v1/intents/{ids[i]}", 200, ct),
            await MeasureAsync("caller's key with ?table=", searches, host.Http, i => $"v1/intents/{keys[i]}?table=t0", 200, ct),
            await MeasureAsync("caller's key, all ledgers searched", searches, host.Http, i => $"v1/intents/{keys[i]}", 200, ct),
            await MeasureAsync("unknown key, all ledgers searched", searches, host.Http, static i => $"v1/intents/none-{i}", 404, ct),
        ];
    }

    private static async Task<LookupsResult> MeasureAsync(
        string kind, int count, HttpClient http, Func<int, string> path, int expected, CancellationToken ct)
    {
        // The first request connects and compiles.
        (await http.GetAsync(new Uri(path(0), UriKind.Relative), ct)).Dispose();
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(path(i), UriKind.Relative), ct);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if ((int)answer.StatusCode != expected)
                throw new InvalidOperationException($"{kind}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
        }

        times.Sort();
        return new LookupsResult(kind, count, times[count / 2], times[(int)(count * 0.99)], times[^1]);
    }

    private static async Task<string> WriteAsync(HttpClient http, string? key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("v1/tables/t0/rows", UriKind.Relative))
        {
            Content = JsonContent.Create(new[] { new { id = 1 } }),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("intentId").GetString()!;
    }

    /// <summary>Copies of the first table's ledger, of tables that never existed.</summary>
    private static async Task CreateLedgersAsync(NpgsqlDataSource warehouse, int count, CancellationToken ct)
    {
        for (var first = 1; first < count; first += CreatedAtOnce)
        {
            var some = Enumerable.Range(first, Math.Min(CreatedAtOnce, count - first)).Select(static i => string.Create(
                CultureInfo.InvariantCulture,
                $"""
                CREATE TABLE coordinator."public.t{i}" (LIKE coordinator."public.t0" INCLUDING ALL);
                COMMENT ON TABLE coordinator."public.t{i}" IS 'ledger of public.t{i}';
                """));
            await RunAsync(warehouse, string.Concat(some), ct);
        }

        await RunAsync(warehouse, "VACUUM ANALYZE", ct);
    }

    private static async Task RunAsync(NpgsqlDataSource warehouse, string sql, CancellationToken ct)
    {
        await using var command = warehouse.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
