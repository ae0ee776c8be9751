using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coordinator.TestServers;

/// <summary>A private Redis on a free loopback port, in memory only.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int StartTries = 5;

    private RedisServer(int port, ChildProcess process)
    {
        Port = port;
        Process = process;
    }

    public int Port { get; }

    /// <summary>The value of Coordinator:Clustering:ConnectionString.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public ChildProcess Process { get; }

    public static async Task<RedisServer> StartAsync()
    {
        for (var i = 1; ; i++)
        {
            var port = FreePort.Next();
            try
            {
                return new RedisServer(port, await LaunchAsync(port));
            }
            catch (InvalidOperationException e) when (i < StartTries && e.Message.Contains("in use", StringComparison.Ordinal))
            {
                // Another process took the port. Try the next one.
            }
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static async Task<ChildProcess> LaunchAsync(int port)
    {
        string[] arguments = ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--daemonize", "no"];
        // It has no data to lose.
        var process = ChildProcess.Start(
            Executable.Find("redis-server", "redis-server"), arguments, workingDirectory: Path.GetTempPath(), stopSignal: "KILL");
        try
        {
            await process.WaitUntilAsync("Redis answers", ct => AnswersAsync(port, ct));
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
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), ct);
            var buffer = new byte[64];
            var read = await stream.ReadAsync(buffer, ct);
            return Encoding.ASCII.GetString(buffer, 0, read).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
