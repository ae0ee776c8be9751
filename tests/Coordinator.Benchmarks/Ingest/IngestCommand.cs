using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Benchmarks.Ingest;

/// <summary>Runs PostgreSQL, memcached, a silo and a client, each in its own process, and compares the coordinator with plain writes.</summary>
internal static class IngestCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each phase is measured.", DefaultValueFactory = _ => 8 };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new Command("ingest", "Intents per second through silo, lock and ledger, beside plain transactions and COPY.") { seconds,
            json };
        command.SetAction(async (parsed, ct) =>
        {
            var report = await RunAsync(parsed.GetValue(seconds), ct);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, Json));
            else foreach (var line in report.Lines) Console.WriteLine(line);
            return report.CountsMatch ? 0 : 1;
        });
        return command;
    }

    private static async Task<IngestReport> RunAsync(int seconds, CancellationToken ct)
    {
        // The log of one phase fits, so that no checkpoint falls into a measurement. Everything else is PostgreSQL's default, fsync included.
        await using var postgres = await PostgresServer.StartAsync("max_wal_size=8GB");
        await using var memcached = await MemcachedServer.StartAsync();
        await memcached.GrowOldAsync("coordinator");
        var database = await postgres.CreateDatabaseAsync(ct);
        await using var warehouse = NpgsqlDataSource.Create(database);
        await BenchmarkTables.CreateAsync(warehouse, ct);
        await using var silo = await SiloProcess.StartAsync(
            new Dictionary<string, string?>
            {
                ["Coordinator:Warehouse:Provider"] = "Postgres",
                ["Coordinator:Warehouse:ConnectionString"] = database,
                ["Coordinator:Locking:Provider"] = "Memcached",
                ["Coordinator:Locking:Memcached:Servers"] = memcached.Endpoint,
            },
            ct);

        var results = new List<PhaseResult>();
        foreach (var phase in Enum.GetValues<Phase>())
        {
            await BenchmarkTables.SettleAsync(warehouse, ct);
            await Console.Error.WriteLineAsync($"measuring {phase} …");
            results.Add(await MeasureAsync(phase, seconds, database, silo.GatewayPort, ct));
        }
        var acknowledged = results.Sum(result => result.AcknowledgedRows);
        return new IngestReport(results, acknowledged,
            await BenchmarkTables.CountAsync(warehouse, [.. BenchmarkTables.Coordinated, BenchmarkTables.Plain], ct));
    }

    // The client is this program in another process: it shares neither heap nor threads with the silo or with the phase before.
    private static async Task<PhaseResult> MeasureAsync(Phase phase, int seconds, string warehouse, int gatewayPort, CancellationToken ct)
    {
        string[] arguments =
        [
            typeof(IngestCommand).Assembly.Location, LoadCommand.Name, "--phase", phase.ToString(),
            "--seconds", seconds.ToString(CultureInfo.InvariantCulture), "--warehouse", warehouse,
            "--gateway-port", gatewayPort.ToString(CultureInfo.InvariantCulture),
        ];
        await using var client = ChildProcess.Start("dotnet", arguments);
        var code = await client.WaitForExitAsync(TimeSpan.FromSeconds(seconds) + TimeSpan.FromMinutes(2), ct);
        if (code != 0) throw new InvalidOperationException($"The client of phase {phase} exited with {code}:\n{client.Output}");
        return JsonSerializer.Deserialize<PhaseResult>(client.StandardOutput)!;
    }
}
