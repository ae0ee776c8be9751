using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Coordinator.TestServers;

/// <summary>A silo-host in a separate process, on free loopback ports.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private readonly IReadOnlyDictionary<string, string?> _settings;

    private SiloProcess(ChildProcess process, DirectoryInfo folder, HttpClient http, IReadOnlyDictionary<string, string?> settings)
    {
        Process = process;
        _folder = folder;
        _settings = settings;
        Http = http;
        SiloPort = Number(settings["Coordinator:Silo:SiloPort"]);
        GatewayPort = Number(settings["Coordinator:Silo:GatewayPort"]);
    }

    public ChildProcess Process { get; }

    /// <summary>A client for its HTTP endpoints: <c>Http.GetStringAsync("api/contention")</c>.</summary>
    public HttpClient Http { get; }

    public int SiloPort { get; }

    public int GatewayPort { get; }

    /// <summary>The settings that a client, or <see cref="ClientHostProcess"/>, needs to find this silo, or its cluster if it has one.</summary>
    public IReadOnlyDictionary<string, string?> ClientSettings => _settings
        .Where(static s => s.Key.StartsWith("Coordinator:Clustering:", StringComparison.OrdinalIgnoreCase))
        .Append(new("Coordinator:Silo:GatewayPort", Text(GatewayPort)))
        .ToDictionary();

    /// <summary>All its settings. A silo started with the same settings takes its place at the same addresses.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary>Starts a silo and returns when it is ready.</summary>
    /// <param name="settings">Configuration by its keys. Ports that are not given are free ones.</param>
    /// <param name="ct">Ends the wait and the silo.</param>
    public static async Task<SiloProcess> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, CancellationToken ct = default)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = $"http://127.0.0.1:{Text(FreePort.Next())}",
            ["Coordinator:Silo:SiloPort"] = Text(FreePort.Next()),
            ["Coordinator:Silo:GatewayPort"] = Text(FreePort.Next()),
        };
        foreach (var (key, value) in settings) all[key] = value;

        var folder = Directory.CreateTempSubdirectory("coordinator-silo-");
        var http = new HttpClient { BaseAddress = new Uri(all["urls"]!) };
        var process = HostProgram.Start("silo-host", [], all, folder.FullName);
        var silo = new SiloProcess(process, folder, http, all);
        try
        {
            await HostProgram.WaitUntilReadyAsync(process, http, ct);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>A host with a client of the silo, or of its cluster if it has one, over TCP.</summary>
    public Task<IHost> ConnectAsync() => TestClient.ConnectAsync(ClientSettings);

    /// <summary>A graceful stop (SIGTERM). Returns when the process has ended.</summary>
    public Task StopAsync() => Process.StopAsync();

    /// <summary>A stop without warning (SIGKILL).</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>Sends a signal, such as STOP to pause the process and CONT to resume it.</summary>
    public Task SignalAsync(string signal) => Process.SignalAsync(signal);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string? text) => int.Parse(text ?? "", CultureInfo.InvariantCulture);
}
