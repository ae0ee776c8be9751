using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Coordinator.TestServers;

/// <summary>A private Prometheus on a free loopback port, with the given configuration.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private const int StartTries = 5;

    private readonly DirectoryInfo _folder;

    private PrometheusServer(ChildProcess process, DirectoryInfo folder, HttpClient http)
    {
        Process = process;
        _folder = folder;
        Http = http;
    }

    public ChildProcess Process { get; }

    public HttpClient Http { get; }

    /// <summary>Starts a server and returns when it is ready.</summary>
    /// <param name="files">Text by file name; <c>prometheus.yml</c> names the others.</param>
    public static async Task<PrometheusServer> StartAsync(IReadOnlyDictionary<string, string> files)
    {
        var folder = await WriteAsync(files);
        for (var i = 1; ; i++)
        {
            try
            {
                return await LaunchAsync(folder);
            }
            catch (InvalidOperationException e) when (i < StartTries && e.Message.Contains("in use", StringComparison.Ordinal))
            {
                // Another process took the port. Try the next one.
            }
        }
    }

    /// <summary>Runs <c>promtool</c> on these files, such as <c>check rules alerts.yml</c>, and returns its exit code and output.</summary>
    public static async Task<(int ExitCode, string Output)> CheckAsync(IReadOnlyDictionary<string, string> files, params string[] arguments)
    {
        var folder = await WriteAsync(files);
        try
        {
            await using var tool = ChildProcess.Start(Executable.Find("promtool", "prometheus"), arguments, workingDirectory: folder.FullName);
            return (await tool.WaitForExitAsync(), tool.Output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The present samples of an expression. An error of the expression is thrown.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string expression, CancellationToken ct = default) =>
        [.. (await AskAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}", ct)).GetProperty("result").EnumerateArray()];

    /// <summary>The alerts that are pending or firing: <c>labels</c>, <c>annotations</c>, <c>state</c>.</summary>
    public async Task<IReadOnlyList<JsonElement>> AlertsAsync(CancellationToken ct = default) =>
        [.. (await AskAsync("api/v1/alerts", ct)).GetProperty("alerts").EnumerateArray()];

    /// <summary>The names of all metrics that were ever scraped.</summary>
    public async Task<IReadOnlySet<string>> NamesAsync(CancellationToken ct = default) =>
        (await AskAsync("api/v1/label/__name__/values", ct)).EnumerateArray().Select(static name => name.GetString()!)
            .ToHashSet(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<JsonElement> AskAsync(string path, CancellationToken ct)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), ct);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
        return response.IsSuccessStatusCode ? answer.GetProperty("data") : throw new InvalidOperationException($"{path}: {answer}");
    }

    private static async Task<DirectoryInfo> WriteAsync(IReadOnlyDictionary<string, string> files)
    {
        var folder = Directory.CreateTempSubdirectory("coordinator-prometheus-");
        foreach (var (name, text) in files) await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);
        return folder;
    }

    private static async Task<PrometheusServer> LaunchAsync(DirectoryInfo folder)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Next()}");
        string[] arguments = ["--config.file=prometheus.yml", "--storage.tsdb.path=data", $"--web.listen-address={address}"];
        var process = ChildProcess.Start(
            Executable.Find("prometheus", "prometheus"), arguments, workingDirectory: folder.FullName, stopSignal: "KILL");
        var http = new HttpClient { BaseAddress = new Uri($"http://{address}/") };
        try
        {
            await process.WaitUntilAsync("Prometheus is ready", ct => IsReadyAsync(http, ct));
            return new PrometheusServer(process, folder, http);
        }
        catch
        {
            await process.DisposeAsync();
            http.Dispose();
            throw;
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("-/ready", UriKind.Relative), ct);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
