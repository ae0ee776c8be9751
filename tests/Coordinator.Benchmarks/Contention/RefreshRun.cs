using System.Diagnostics;
using System.Globalization;
using Coordinator.Grains.Contention;
using Coordinator.SiloHost;
using Coordinator.Tables;
using Coordinator.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Benchmarks.Contention;

/// <summary>Measures page refreshes of a real silo-host while simulated tables keep its accounts busy.</summary>
internal static class RefreshRun
{
    private const int Refreshes = 50;

    public static async Task RunAsync(TableName[] names, int intents, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("coordinator-accounting-");
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var silo = SiloApp.Build(
        [
            "--applicationName", "silo-host", "--urls", url, "--Coordinator:Silo:SiloPort", Port(), "--Coordinator:Silo:GatewayPort", Port(),
            "--Coordinator:Warehouse:ConnectionString", Path.Combine(folder.FullName, "warehouse.db"), "--Logging:LogLevel:Default", "Warning",
        ]);
        await silo.StartAsync(cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = Task.Run(() => KeepBusyAsync(silo, names, intents, over.Token), CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        foreach (var page in new[] { "contention", "api/contention?limit=100", "api/contention?limit=10000", $"api/contention/{names[0]}",
            "metrics" }) await MeasureAsync(http, page, cancellationToken);
        await over.CancelAsync();
        await load;
        await silo.StopAsync(CancellationToken.None);
        folder.Delete(recursive: true);
    }

    private static async Task KeepBusyAsync(WebApplication silo, TableName[] names, int intents, CancellationToken over)
    {
        var tables = new SimulatedTables(names, silo.Services.GetRequiredService<ContentionRegistry>().Of, TimeSpan.FromSeconds(2));
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            do tables.RunSecond(intents);
            while (await pace.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private static async Task MeasureAsync(HttpClient http, string page, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var (bytes, series) = (0, 0);
        for (var i = 0; i < Refreshes; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var text = await http.GetStringAsync(new Uri(page, UriKind.Relative), cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            (bytes, series) = (text.Length, text.Split('\n').Count(static line => line.StartsWith("coordinator_table_", StringComparison.Ordinal)));
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"/{page}: {times[Refreshes / 2]:0} ms (p50), {times[Refreshes * 9 / 10]:0} ms (p90), {times[^1]:0} ms (longest of {Refreshes}), "
                + $"{bytes:N0} characters{(series > 0 ? $", {series:N0} series by table" : "")}"));
    }

    private static string Port() => FreePort.Next().ToString(CultureInfo.InvariantCulture);
}
