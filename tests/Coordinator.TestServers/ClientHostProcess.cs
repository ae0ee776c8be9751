using System.Globalization;

namespace Coordinator.TestServers;

/// <summary>A client-host in a separate process: it serves HTTP on a free loopback port, or runs one command.</summary>
public sealed class ClientHostProcess : IAsyncDisposable
{
    private ClientHostProcess(ChildProcess process, HttpClient http)
    {
        Process = process;
        Http = http;
    }

    public ChildProcess Process { get; }

    /// <summary>A client for its HTTP endpoints: <c>Http.PostAsync("v1/tables/events/rows", …)</c>.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts <c>client-host serve</c> and returns when it is ready.</summary>
    /// <param name="settings">Configuration by its keys, such as <see cref="SiloProcess.ClientSettings"/>.</param>
    /// <param name="ct">Ends the wait and the process.</param>
    public static async Task<ClientHostProcess> ServeAsync(IEnumerable<KeyValuePair<string, string?>> settings, CancellationToken ct = default)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var process = HostProgram.Start("client-host", ["serve"], settings.Append(new("urls", url)), workingDirectory: null);
        var host = new ClientHostProcess(process, new HttpClient { BaseAddress = new Uri(url) });
        try
        {
            await HostProgram.WaitUntilReadyAsync(process, host.Http, ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one command, such as <c>insert --table T --file F --json</c>, for tests that watch or end it.</summary>
    public static ChildProcess Start(IEnumerable<KeyValuePair<string, string?>> settings, IEnumerable<string> arguments, string? input = null) =>
        HostProgram.Start("client-host", arguments, settings, workingDirectory: null, input);

    /// <summary>Runs one command to its end, within two minutes.</summary>
    public static async Task<ClientHostResult> RunAsync(
        IEnumerable<KeyValuePair<string, string?>> settings, IEnumerable<string> arguments, string? input = null, CancellationToken ct = default)
    {
        await using var process = Start(settings, arguments, input);
        var code = await process.WaitForExitAsync(TimeSpan.FromMinutes(2), ct);
        return new ClientHostResult(code, process.StandardOutput, process.StandardError);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Http.Dispose();
    }
}
