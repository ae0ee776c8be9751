using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;
using Coordinator.Memcached.Servers;
using Microsoft.Extensions.Logging;

namespace Coordinator.Memcached;

/// <summary>Connections to memcached servers, one for each, shared by all callers. Every reply contains exactly what is known.</summary>
public sealed class MemcachedClient : IMemcached, IAsyncDisposable
{
    /// <summary>The meter's name: requests, errors, connects.</summary>
    public const string MeterName = MemcachedMetrics.MeterName;

    private readonly MemcachedClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly ClusterDiscovery? _discovery;
    private volatile Routing? _routing;

    /// <summary>Starts to connect immediately, in the background.</summary>
    public MemcachedClient(MemcachedClientOptions options, TimeProvider clock, Random random, ILogger<MemcachedClient> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        if (options.Servers.Count == 0) throw new ArgumentException("At least one server is needed.", nameof(options));
        if (options.Discovery && options.Servers.Count > 1)
            throw new ArgumentException("Discovery asks one configuration endpoint.", nameof(options));
        _options = options;
        _clock = clock;
        _random = random;
        _logger = logger;
        if (options.Discovery)
            _discovery = new ClusterDiscovery(options.Servers[0], options.DiscoveryInterval, options.Connection, clock, UseAsync, logger);
        else _routing = RoutingTo(options.Servers);
    }

    /// <summary>Raised when an established connection is closed. Handlers must not throw or block.</summary>
    public event Action? ConnectionLost;

    /// <inheritdoc/>
    public ValueTask<IMemcachedConnection> ConnectionOfAsync(string key, CancellationToken cancellationToken)
    {
        Wire.CheckKey(key);
        if (_routing is not { } routing) return FirstConnectionOfAsync(key, cancellationToken);
        return routing.QuarantineOf(key) is { } quarantine ? new(quarantine) : routing.Current.EndpointOf(key).ConnectionAsync(cancellationToken);
    }

    /// <summary>Sends a no-op to every server.</summary>
    public async Task<IReadOnlyDictionary<ServerAddress, MemcachedReply>> PingAsync(CancellationToken cancellationToken)
    {
        var replies = new Dictionary<ServerAddress, MemcachedReply>();
        foreach (var current in await ConnectionsAsync(cancellationToken))
        {
            replies[current.Server] = current is MemcachedConnection connection
                ? await connection.SendAsync(Command.NoOp, cancellationToken)
                : ((NoConnection)current).Reply;
        }

        return replies;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IMemcachedConnection>> ConnectionsAsync(CancellationToken cancellationToken)
    {
        if (_discovery is { } discovery) await discovery.FirstTry.WaitAsync(cancellationToken);
        var connections = new List<IMemcachedConnection>();
        foreach (var endpoint in _routing is { } routing ? routing.Current.Endpoints.ToArray() : [])
            connections.Add(await endpoint.ConnectionAsync(cancellationToken));
        return connections;
    }

    /// <summary>Closes all connections. Requests in flight are answered as lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_discovery is { } discovery) await discovery.DisposeAsync();
        if (_routing is not { } routing) return;
        foreach (var endpoint in routing.Current.Endpoints.ToArray()) await endpoint.DisposeAsync();
    }

    private async ValueTask<IMemcachedConnection> FirstConnectionOfAsync(string key, CancellationToken cancellationToken)
    {
        await _discovery!.FirstTry.WaitAsync(cancellationToken);
        return _routing is null ? _discovery.None : await ConnectionOfAsync(key, cancellationToken);
    }

    private Routing RoutingTo(IEnumerable<ServerAddress> servers) =>
        new(new ServerSet([.. servers.Select(Connect)]), [], _options.MoveQuarantine, _clock);

    private MemcachedEndpoint Connect(ServerAddress server) =>
        new(server, _options.Connection, _clock, new Random(_random.Next()), OnLost, _logger);

    private void OnLost()
    {
        _discovery?.AskNow();
        ConnectionLost?.Invoke();
    }

    /// <summary>Switches to other servers. Servers that stay keep their connections. One caller at a time.</summary>
    private async ValueTask UseAsync(IReadOnlyList<ServerAddress> servers)
    {
        if (_routing is not { } before)
        {
            _routing = RoutingTo(servers);
            return;
        }

        var old = before.Current.Endpoints.ToArray();
        if (servers.ToHashSet().SetEquals(old.Select(static e => e.Server))) return;
        _routing = before.With(new ServerSet([.. servers.Select(s => old.FirstOrDefault(e => e.Server == s) ?? Connect(s))]));
        foreach (var endpoint in old.Where(e => !servers.Contains(e.Server))) await endpoint.DisposeAsync();
    }
}
