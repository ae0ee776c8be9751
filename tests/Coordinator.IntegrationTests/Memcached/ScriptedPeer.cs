using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coordinator.IntegrationTests.Memcached;

/// <summary>A server that sends exactly the bytes of the test.</summary>
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

    /// <summary>Accepts the next connection and greets it. Lines and replies belong to this connection from here on.</summary>
    public async Task AcceptAsync()
    {
        // A connection that the client closed before the greeting does not count.
        do await AcceptInSilenceAsync();
        while (await LineAsync() is null);
        await SayAsync("MN\r\n");
    }

    /// <summary>Accepts the next connection and sends nothing.</summary>
    public async Task AcceptInSilenceAsync()
    {
        var client = await _listener.AcceptTcpClientAsync();
        client.NoDelay = true;
        _accepted.Enqueue(client);
        _stream = client.GetStream();
        _reader = new StreamReader(_stream, Encoding.ASCII, leaveOpen: true);
    }

    public async Task<string?> LineAsync() => await _reader!.ReadLineAsync();

    public Task SayAsync(string bytes) => SayAsync(Encoding.ASCII.GetBytes(bytes));

    public async Task SayAsync(ReadOnlyMemory<byte> bytes) => await _stream!.WriteAsync(bytes);

    /// <summary>Repeats the bytes until the client closes the connection. Returns the number of bytes sent.</summary>
    /// <exception cref="InvalidOperationException">The limit was reached and the client was still connected.</exception>
    public async Task<long> SayUntilCutOffAsync(ReadOnlyMemory<byte> bytes, long limit)
    {
        for (var said = 0L; said < limit; said += bytes.Length)
        {
            try
            {
                await SayAsync(bytes);
            }
            catch (IOException)
            {
                return said;
            }
        }

        throw new InvalidOperationException($"{limit} bytes were listened to.");
    }

    /// <summary>Closes the connection.</summary>
    public void Close() => _stream!.Dispose();

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var client in _accepted) client.Dispose();
        return ValueTask.CompletedTask;
    }
}
