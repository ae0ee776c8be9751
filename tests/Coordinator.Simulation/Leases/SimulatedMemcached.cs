using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;

namespace Coordinator.Simulation.Leases;

/// <summary>One owner's client of the servers: reconnects after a pause, and fails at once without a connection.</summary>
internal sealed class SimulatedMemcached(World world, Network network, SimulatedOwner owner, SimulatedServer[] servers, bool failsOver) : IMemcached
{
    private readonly Link[] _links = [.. servers.Select(_ => new Link(world))];
    private readonly SimulatedConnection?[] _connections = new SimulatedConnection?[servers.Length];
    private readonly long[] _connectAt = new long[servers.Length];

    public ValueTask<IMemcachedConnection> ConnectionOfAsync(string key, CancellationToken cancellationToken)
    {
        var home = HomeOf(key, servers.Length);
        if (Connection(home) is { } connection) return new(connection);
        if (failsOver && Connection((home + 1) % servers.Length) is { } other) return new(other);
        return new(new Disconnected(servers[home].Address));
    }

    public Task<IReadOnlyList<IMemcachedConnection>> ConnectionsAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("A simulated silo is never the first one.");

    public void Cut(int server, TimeSpan duration) => _links[server].Cut(duration);

    public void Break(int server) => _connections[server]?.Close("broken");

    // By the last digit, so that a history's two keys are on two servers.
    public static int HomeOf(string key, int servers) => key[^1] % servers;

    private SimulatedConnection? Connection(int server)
    {
        if (_connections[server] is { IsOpen: true } open) return open;
        if (_connections[server] is not null)
        {
            _connections[server] = null;
            _connectAt[server] = world.Now + world.UpTo(0.5).Ticks;
        }

        if (world.Now < _connectAt[server] || !servers[server].IsUp || _links[server].IsDown) return null;
        return _connections[server] = new SimulatedConnection(world, network, owner, servers[server], _links[server]);
    }

    private sealed class Disconnected(ServerAddress server) : IMemcachedConnection
    {
        private readonly MemcachedReply _reply = new(ReplyKind.Unreachable, Detail: "no connection");

        public ServerAddress Server => server;

        public ValueTask<MemcachedReply> GetAsync(string key, CancellationToken cancellationToken) => new(_reply);

        public ValueTask<MemcachedReply> PeekAsync(string key, CancellationToken cancellationToken) => new(_reply);

        public ValueTask<MemcachedReply> TouchAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) => new(_reply);

        public ValueTask<MemcachedReply> AddAsync(string key, string value, TimeSpan ttl, CancellationToken cancellationToken) => new(_reply);

        public ValueTask<MemcachedReply> SetAsync(string key, string text, TimeSpan ttl, CancellationToken cancellationToken) => new(_reply);

        public ValueTask<MemcachedReply> DeleteAsync(string key, ulong cas, CancellationToken cancellationToken) => new(_reply);
    }
}
