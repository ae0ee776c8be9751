using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coordinator.TestServers;

/// <summary>A private memcached on a free loopback port.</summary>
public sealed class MemcachedServer : IAsyncDisposable
{
    private const int StartTries = 5;

    private readonly string[] _extraArguments;
    private ChildProcess _process;

    private MemcachedServer(int port, string[] extraArguments, ChildProcess process)
    {
        Port = port;
        _extraArguments = extraArguments;
        _process = process;
    }

    public int Port { get; }

    /// <summary>The value of Coordinator:Locking:Memcached:Servers.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Changes with a restart.</summary>
    public int Pid => _process.Id;

    /// <summary>The process that serves now, or served last.</summary>
    public ChildProcess Process => _process;

    public static Task<MemcachedServer> StartAsync(params string[] extraArguments) => StartAsync(FreePort.Next(), extraArguments);

    public static async Task<MemcachedServer> StartAsync(int port, params string[] extraArguments)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                return new MemcachedServer(port, extraArguments, await LaunchAsync(port, extraArguments));
            }
            catch (InvalidOperationException e) when (i < StartTries && e.Message.Contains("in use", StringComparison.Ordinal))
            {
                port = FreePort.Next();
            }
        }
    }

    /// <summary>The general statistics, or a group of them such as "items".</summary>
    public async Task<IReadOnlyDictionary<string, string>> StatsAsync(string group = "", CancellationToken ct = default)
    {
        var reply = await CommandAsync($"stats {group}".TrimEnd(), ct);
        return reply.Split("\r\n")
            .Select(line => line.Split(' ', 3))
            .Where(parts => parts is ["STAT", _, _])
            .ToDictionary(parts => parts[1], parts => parts[2], StringComparer.Ordinal);
    }

    /// <summary>Sends commands on a new connection and returns the whole reply: <c>CommandAsync("mg KEY v c t")</c>.</summary>
    public Task<string> CommandAsync(string commands, CancellationToken ct = default) => CommandAsync(Port, commands, ct);

    /// <summary>Makes the server look one day old, so that a service's first locks do not wait for a quarantine.</summary>
    public async Task GrowOldAsync(string serviceId)
    {
        const int DayOldSeconds = 2_592_000 - 86_400;
        await CommandAsync($"set coordinator/{serviceId}/canary 0 {DayOldSeconds} 5\r\naaaaa");
    }

    public Task SignalAsync(string signal) => _process.SignalAsync(signal);

    /// <summary>Ends the server. Its port stays reserved for <see cref="RestartAsync"/>.</summary>
    public Task StopAsync() => _process.KillAsync();

    /// <summary>Ends the server if it runs, and starts an empty one on the same port.</summary>
    public async Task RestartAsync()
    {
        if (!_process.HasExited) await _process.KillAsync();
        await _process.DisposeAsync();
        _process = await LaunchAsync(Port, _extraArguments);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<ChildProcess> LaunchAsync(int port, string[] extraArguments)
    {
        string[] arguments =
        [
            "-l", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-U", "0",
            "-u", Environment.IsPrivilegedProcess ? "nobody" : Environment.UserName, .. extraArguments,
        ];
        // It has no data to lose, and a graceful stop takes a second.
        var process = ChildProcess.Start(Executable.Find("memcached", "memcached"), arguments, stopSignal: "KILL");
        try
        {
            await process.WaitUntilAsync("memcached answers", ct => AnswersAsync(port, ct));
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        try
        {
            return (await CommandAsync(port, "version", ct)).StartsWith("VERSION", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private static async Task<string> CommandAsync(int port, string commands, CancellationToken ct)
    {
        // Replies come in order: the answer to this no-op means that the earlier ones are complete.
        const string End = "MN\r\n";
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, ct);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(commands + "\r\nmn\r\n"), ct);
        var reply = new MemoryStream();
        var buffer = new byte[4096];
        while (!reply.GetBuffer().AsSpan(0, (int)reply.Length).EndsWith("MN\r\n"u8))
        {
            var read = await stream.ReadAsync(buffer, ct);
            if (read == 0) throw new IOException($"memcached closed the connection during '{commands}'.");
            reply.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(reply.GetBuffer(), 0, (int)reply.Length - End.Length);
    }
}
