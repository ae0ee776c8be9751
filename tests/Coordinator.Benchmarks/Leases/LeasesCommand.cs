using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Coordinator.Benchmarks.Leases;

/// <summary><c>leases</c>: measures what many leases cost a silo.</summary>
internal static class LeasesCommand
{
    private const int Leases = 10_000;
    private const int BatchSize = 500;

    // Three periods of renewals at the default TTL of 15 s.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var command = new Command("leases", $"Keeps {Leases:N0} leases on a real memcached for three periods of renewal.");
        command.SetAction((_, ct) => RunAsync(ct));
        return command;
    }

    private static async Task RunAsync(CancellationToken ct)
    {
        await using var silo = await LockedSilo.StartAsync();
        await silo.TouchAsync(0);
        await MeasureAsync("1 lease", silo, ct);
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in Enumerable.Range(0, Leases).Chunk(BatchSize)) await Task.WhenAll(batch.Select(i => silo.TouchAsync(i)));
        Console.WriteLine($"{Leases:N0} activations and their locks in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        await MeasureAsync($"{Leases:N0} leases", silo, ct);
    }

    private static async Task MeasureAsync(string name, LockedSilo silo, CancellationToken ct)
    {
        using var process = Process.GetCurrentProcess();
        var requests = await RequestsAsync(silo, ct);
        var (cpu, bytes, started) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await Task.Delay(Window, TimeProvider.System, ct);
        process.Refresh();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var usedCpu = (process.TotalProcessorTime - cpu).TotalSeconds / seconds;
        var allocated = (GC.GetTotalAllocatedBytes() - bytes) / seconds;
        var asked = await RequestsAsync(silo, ct) - requests;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {usedCpu:P1} of a core, {asked:N0} memcached operations in {seconds:0.0} s, {allocated / 1024:N0} KiB/s allocated"));
    }

    private static async Task<long> RequestsAsync(LockedSilo silo, CancellationToken ct)
    {
        var stats = await silo.Memcached.StatsAsync(ct: ct);
        // memcached counts a renewal ("mg" with a new TTL) only as a touch.
        return new[] { "cmd_get", "cmd_touch", "cmd_set" }.Sum(name => long.Parse(stats[name], CultureInfo.InvariantCulture));
    }
}
