using Coordinator.Laboratory.Evidence;
using Coordinator.Laboratory.Network;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Cluster;

/// <summary>One place of the cluster, at a station or on the machine's own network, and the silo processes that ran there one after
/// another.</summary>
internal sealed class SiloNode(
    string name,
    IReadOnlyDictionary<string, string?> settings,
    Station? station = null,
    IReadOnlyList<string>? program = null,
    FakeClock? clock = null) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly List<SiloRun> _runs = [];

    public string Name => name;

    /// <summary>Its HTTP address, seen from its own network.</summary>
    public Uri Url => new(settings["urls"]!);

    public Station Station => station ?? throw new InvalidOperationException($"{name} runs on this machine's own network, which is not cut.");

    public FakeClock Clock => clock ?? throw new InvalidOperationException($"{name} lives by the machine's clock.");

    /// <summary>Every process so far, newest last.</summary>
    public IReadOnlyList<SiloRun> Runs => _runs;

    public bool IsRunning => _runs is [.., { Ended: null }];

    /// <summary>The number of table grains that are active here now, by the silo's log.</summary>
    public int Tables => IsRunning ? ActivationLog.Read([Current]).Count(static a => a.Worked && a.Ended == DateTimeOffset.MaxValue) : 0;

    private SiloRun Current => _runs[^1];

    public async Task StartAsync()
    {
        var all = new Dictionary<string, string?>(settings) { ["Coordinator:Silo:Name"] = name };
        var run = SiloRun.Start(program is [var assembly, ..]
            ? HostProgram.StartAssembly(assembly, program.Skip(1), all, workingDirectory: null, launcher: station?.Launcher)
            : HostProgram.Start("silo-host", [], all, workingDirectory: null, launcher: station?.Launcher));
        _runs.Add(run);
        await run.Process.WaitForLineAsync(static line => line.Contains("Application started", StringComparison.Ordinal), StartLimit);
    }

    /// <summary>A graceful stop, as in a deployment.</summary>
    public async Task StopAsync()
    {
        await Current.Process.StopAsync();
        await Current.Over;
    }

    public async Task KillAsync()
    {
        await Current.Process.KillAsync();
        await Current.Over;
    }

    public Task SignalAsync(string signal) => Current.Process.SignalAsync(signal);

    public async Task RestartAsync()
    {
        if (IsRunning) await StopAsync();
        await StartAsync();
    }

    /// <summary>Writes the output of all its processes to a file in a folder.</summary>
    public Task WriteLogAsync(string folder) =>
        File.WriteAllLinesAsync(Path.Combine(folder, Name + ".log"), Runs.Select(static r => r.Process.Output));

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs) await run.Process.DisposeAsync();
        clock?.Dispose();
    }
}
