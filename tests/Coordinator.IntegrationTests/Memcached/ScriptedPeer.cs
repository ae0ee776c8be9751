using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coordinator.IntegrationTests.Memcached;

/// <summary>A server whose every byte the test writes.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<TcpClient> _accepted = new();
    private NetworkStream? _stream;
    private StreamReader? _reader;

    private ScriptedPeer()
    {
    }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public static ScriptedPeer Start()
    {
        var peer = new ScriptedPeer();
        peer._listener.Start();
        return peer;
    }

    /// <summary>Takes the next connection; lines and replies are of this one from here on.</summary>
    public async Task AcceptAsync()
    {
        var client = await _listener.AcceptTcpClientAsync();
        client.NoDelay = true;
        _accepted.Enqueue(client);
        _stream = client.GetStream();
        _reader = new StreamReader(_stream, Encoding.ASCII, leaveOpen: true);
    }

    public async Task<string?> LineAsync() => await _reader!.ReadLineAsync();

    public async Task SayAsync(string bytes) => await _stream!.WriteAsync(Encoding.ASCII.GetBytes(bytes));

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var client in _accepted) client.Dispose();
        return ValueTask.CompletedTask;
    }
}
