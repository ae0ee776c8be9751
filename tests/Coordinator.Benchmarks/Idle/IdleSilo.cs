using System.Diagnostics;
using System.Globalization;
using Coordinator.TestServers;

namespace Coordinator.Benchmarks.Idle;

/// <summary>A silo-host in a process of its own whose time on the processor and whose memory can be read.</summary>
internal sealed class IdleSilo : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private IdleSilo(ChildProcess process, HttpClient http, string gatewayPort) =>
        (_process, _http, GatewayPort) = (process, http, gatewayPort);

    public int Id => _process.Id;

    public string GatewayPort { get; }

    public static async Task<IdleSilo> StartAsync(string warehouse, string memcached, CancellationToken ct)
    {
        var (url, gateway) = ($"http://127.0.0.1:{Port()}", Port());
        var process = ChildProcess.Start(
            "dotnet",
            [typeof(IdleSilo).Assembly.Location, IdleSiloCommand.Name],
            [
                new("urls", url),
                new("Coordinator__Silo__SiloPort", Port()),
                new("Coordinator__Silo__GatewayPort", gateway),
                new("Coordinator__Warehouse__Provider", "Postgres"),
                new("Coordinator__Warehouse__ConnectionString", warehouse),
                new("Coordinator__Locking__Memcached__Servers", memcached),
            ]);
        var silo = new IdleSilo(process, new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(1) }, gateway);
        await HostProgram.WaitUntilReadyAsync(process, silo._http, ct);
        return silo;
    }

    /// <summary>The share of one core that the process uses over a time.</summary>
    public async Task<double> ShareAsync(TimeSpan time, CancellationToken ct)
    {
        using var process = Process.GetProcessById(Id);
        var (used, began) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(time, TimeProvider.System, ct);
        process.Refresh();
        return (process.TotalProcessorTime - used) / Stopwatch.GetElapsedTime(began);
    }

    /// <summary>The managed bytes in use, after a collection.</summary>
    public async Task<long> BytesAsync(CancellationToken ct) => long.Parse(
        await _http.GetStringAsync(new Uri(IdleSiloCommand.BytesPath, UriKind.Relative), ct), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
    }

    private static string Port() => FreePort.Next().ToString(CultureInfo.InvariantCulture);
}
