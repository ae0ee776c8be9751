using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Memcached;

/// <summary>Answers <c>config get cluster</c> as ElastiCache does, with the servers that the test names.</summary>
internal sealed class ConfigurationEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private volatile string _configuration = "";
    private int _version;

    public ConfigurationEndpoint(params MemcachedServer[] servers)
    {
        Name(servers);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Changes the servers of the cluster.</summary>
    public void Name(params MemcachedServer[] servers)
    {
        var data = $"{++_version}\n{string.Join(' ', servers.Select(static s => $"127.0.0.1|127.0.0.1|{s.Port}"))}\n";
        _configuration = $"CONFIG cluster 0 {data.Length}\r\n{data}\r\nEND\r\n";
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                    await stream.WriteAsync(
                        Encoding.ASCII.GetBytes(line switch { "mn" => "MN\r\n", "config get cluster" => _configuration, _ => "ERROR\r\n" }));
            }
            catch (IOException)
            {
                // The client closed the connection.
            }
        }
    }
}
