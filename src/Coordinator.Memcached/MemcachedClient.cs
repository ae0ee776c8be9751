using Microsoft.Extensions.Logging;

namespace Coordinator.Memcached;

/// <summary>
/// The memcached commands that a lock needs, strictly: every answer says what is known and no two are conflated. Trouble is an answer;
/// exceptions are for bad arguments and for the caller's own cancellation.
/// </summary>
public sealed class MemcachedClient : IMemcached, IAsyncDisposable
{
    /// <summary>The meter's name: requests, errors, connects.</summary>
    public const string MeterName = MemcachedMetrics.MeterName;

    private const int DeleteTries = 3;

    private readonly MemcachedEndpoint[] _endpoints;

    /// <summary>Begins to connect at once, in the background.</summary>
    public MemcachedClient(MemcachedClientOptions options, TimeProvider clock, Random random, ILogger<MemcachedClient> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        if (options.Servers.Count == 0) throw new ArgumentException("At least one server is needed.", nameof(options));
        _endpoints = [.. options.Servers.Select(server => new MemcachedEndpoint(server, options, clock, new Random(random.Next()), logger))];
    }

    /// <summary>The server of a key. It never fails over: a second server would be a second owner.</summary>
    public ServerAddress ServerOf(string key) => EndpointOf(key).Server;

    /// <inheritdoc/>
    public async ValueTask<IMemcachedConnection> ConnectionOfAsync(string key, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        var endpoint = EndpointOf(key);
        return await endpoint.ConnectionAsync(cancellationToken) is { } connection ? connection : new NoConnection(endpoint.Server, endpoint.Trouble);
    }

    /// <summary><c>add</c> and <c>mg</c> in one round trip. Safe when memory is full, and it names the owner.</summary>
    public async ValueTask<AddAndGetReply> AddAndGetAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        Wire.CheckValue(value);
        var seconds = Wire.Seconds(ttl);
        var endpoint = EndpointOf(key);
        if (await endpoint.ConnectionAsync(cancellationToken) is not { } connection) return new AddAndGetReply(endpoint.Unreachable, endpoint.Unreachable);
        var (add, get) = connection.SendPair(Command.Add(key, value, seconds), Command.Get(key), cancellationToken);
        var replies = await Task.WhenAll(add, get);
        return new AddAndGetReply(replies[0], replies[1]);
    }

    /// <summary>Reads a key.</summary>
    public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        return SendAsync(key, Command.Get(key), cancellationToken);
    }

    /// <summary>Reads a key and gives it a new life, whoever's it is.</summary>
    public ValueTask<MemcachedReply> TouchAndGetAsync(string key, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        return SendAsync(key, Command.Touch(key, Wire.Seconds(ttl)), cancellationToken);
    }

    /// <summary>Deletes a key if it holds a value: else answers with what was read instead.</summary>
    public async ValueTask<MemcachedReply> DeleteIfAsync(string key, string value, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        Wire.CheckValue(value);
        var endpoint = EndpointOf(key);
        if (await endpoint.ConnectionAsync(cancellationToken) is not { } connection) return endpoint.Unreachable;
        var reply = default(MemcachedReply);
        for (var i = 0; i < DeleteTries; i++)
        {
            // Both on one connection: a restarted server gives the same CAS to another's value.
            reply = await connection.SendAsync(Command.Get(key), cancellationToken);
            if (reply.Kind != ReplyKind.Value || reply.Value != value) return reply;
            reply = await connection.SendAsync(Command.Delete(key, reply.Cas), cancellationToken);
            // The CAS may change without a write, when memcached moves pages: look again.
            if (reply.Kind != ReplyKind.Exists) return reply;
        }

        return reply;
    }

    /// <summary>Asks every server for a sign of life.</summary>
    public async Task<IReadOnlyDictionary<ServerAddress, MemcachedReply>> PingAsync(CancellationToken cancellationToken)
    {
        var replies = new Dictionary<ServerAddress, MemcachedReply>(_endpoints.Length);
        foreach (var endpoint in _endpoints) replies[endpoint.Server] = await SendAsync(endpoint, Command.NoOp, cancellationToken);
        return replies;
    }

    /// <summary>Closes all connections; what is in flight is answered as lost.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var endpoint in _endpoints) await endpoint.DisposeAsync();
    }

    private MemcachedEndpoint EndpointOf(string key) => Rendezvous.Pick(_endpoints, static e => e.Server.ToString(), key);

    private ValueTask<MemcachedReply> SendAsync(string key, Command command, CancellationToken cancellationToken) =>
        SendAsync(EndpointOf(key), command, cancellationToken);

    private static async ValueTask<MemcachedReply> SendAsync(MemcachedEndpoint endpoint, Command command, CancellationToken cancellationToken) =>
        await endpoint.ConnectionAsync(cancellationToken) is { } connection
            ? await connection.SendAsync(command, cancellationToken)
            : endpoint.Unreachable;
}
