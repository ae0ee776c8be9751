using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Laboratory.Cluster;
using Coordinator.Laboratory.Soak.Callers;
using Coordinator.Laboratory.Soak.Sampling;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Soak;

/// <summary>The processes of a run: PostgreSQL, memcached, two silos, a client-host with a job, and the callers.</summary>
internal sealed class SoakStage : IAsyncDisposable
{
    /// <summary>The table that the job writes.</summary>
    public const string JobTable = "ticks";

    private const int Silos = 2;
    private const string Job = "Coordinator:Jobs:tick";

    private readonly DirectoryInfo _calls = Directory.CreateTempSubdirectory("coordinator-soak-");
    private readonly LoopbackCluster _cluster;
    private ClientHostProcess? _client;
    private ChildProcess? _callers;

    private SoakStage(LoopbackCluster cluster) => _cluster = cluster;

    public LoopbackCluster Cluster => _cluster;

    /// <summary>The folder with the files of calls.</summary>
    public string Calls => _calls.FullName;

    /// <summary>The callers' endpoints.</summary>
    public HttpClient Callers { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    public IReadOnlyList<HostPlace> Hosts =>
    [
        .. _cluster.Nodes.Select(static node => new HostPlace(node.Name, node.Runs[^1].Process.Id, node.Url)),
        new HostPlace("client-host", _client!.Process.Id, _client.Http.BaseAddress!),
        new HostPlace("callers", _callers!.Id, Callers.BaseAddress!),
    ];

    public static async Task<SoakStage> StartAsync(SoakSettings settings, CancellationToken ct)
    {
        var ddl = string.Concat(settings.TableNames.Select(static t => $"CREATE TABLE {t} ({ChaosRow.Columns});"))
            + $"CREATE TABLE {JobTable} (at timestamptz NOT NULL);";
        var stage = new SoakStage(await LoopbackCluster.StartAsync(Silos, ddl));
        try
        {
            await stage.StartClientAsync(ct);
            await stage.StartCallersAsync(settings, ct);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the callers have done so far.</summary>
    public async Task<CallersProgress> ProgressAsync(CancellationToken ct) =>
        await Callers.GetFromJsonAsync<CallersProgress>(CallersCommand.Progress, ct) ?? CallersProgress.None;

    /// <summary>Sets the rate of calls.</summary>
    public async Task SetRateAsync(double rate, CancellationToken ct)
    {
        var value = rate.ToString(CultureInfo.InvariantCulture);
        using var response = await Callers.PutAsync(new Uri($"{CallersCommand.Rate}?value={value}", UriKind.Relative), content: null, ct);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Ends the calls, and returns when the last one is over.</summary>
    public async Task<CallersProgress> StopCallersAsync(CancellationToken ct)
    {
        using var response = await Callers.PostAsync(new Uri(CallersCommand.Stop, UriKind.Relative), content: null, ct);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<CallersProgress>(ct) ?? CallersProgress.None;
    }

    /// <summary>Writes all logs and the calls to a folder.</summary>
    public async Task WriteLogsAsync(string folder)
    {
        await _cluster.WriteLogsAsync(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "client-host.log"), _client!.Process.Output);
        await File.WriteAllTextAsync(Path.Combine(folder, "callers.log"), _callers!.Output);
        foreach (var file in _calls.EnumerateFiles()) file.CopyTo(Path.Combine(folder, file.Name), overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_callers is not null) await _callers.DisposeAsync();
        if (_client is not null) await _client.DisposeAsync();
        Callers.Dispose();
        await _cluster.DisposeAsync();
        _calls.Delete(recursive: true);
    }

    private async Task StartClientAsync(CancellationToken ct) => _client = await ClientHostProcess.ServeAsync(
        new Dictionary<string, string?>(_cluster.ClientSettings)
        {
            ["Coordinator:Http:RowsTimeout"] = "00:00:15",
            [$"{Job}:Sql"] = $"INSERT INTO {JobTable} (at) VALUES (@tick)",
            [$"{Job}:Writes"] = JobTable,
            [$"{Job}:Schedule"] = "*/3 * * * * *",
        },
        ct);

    private async Task StartCallersAsync(SoakSettings settings, CancellationToken ct)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var callers = new CallersSettings
        {
            Folder = _calls.FullName,
            Database = _cluster.Postgres.ConnectionString,
            ClientHost = _client!.Http.BaseAddress!,
            Silos = [.. _cluster.Nodes.Select(static node => node.Url)],
            TableNames = settings.TableNames,
        };
        _callers = HostProgram.StartAssembly(
            Assembly.GetExecutingAssembly().Location, [CallersCommand.Name], callers.ToSettings().Append(new("urls", url)), workingDirectory: null);
        Callers.BaseAddress = new Uri(url);
        await HostProgram.WaitUntilReadyAsync(_callers, Callers, ct);
    }
}
