using Coordinator.Memcached;
using Coordinator.Memcached.Protocol;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Memcached;

public sealed class DiscoveryTests : IAsyncLifetime
{
    private const int Keys = 60;

    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(100);

    private MemcachedServer _a = null!;
    private MemcachedServer _b = null!;

    public async Task InitializeAsync() => (_a, _b) = (await MemcachedServer.StartAsync(), await MemcachedServer.StartAsync());

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task Keys_live_on_the_servers_that_the_configuration_endpoint_names()
    {
        await using var endpoint = new ConfigurationEndpoint(_a, _b);
        await using var client = ClientOf(endpoint.Endpoint);
        Assert.Equal(new[] { _a.Port, _b.Port }.Order(), (await ServersAsync(client)).Values.Distinct().Order());
        await using var named = Clients.With(Clients.OptionsOf(_a.Endpoint, _b.Endpoint));
        Assert.Equal(await ServersAsync(named), await ServersAsync(client));
    }

    [Fact]
    public async Task A_server_that_is_added_takes_over_its_keys_alone_and_those_after_a_quarantine()
    {
        await using var endpoint = new ConfigurationEndpoint(_a);
        await using var client = ClientOf(endpoint.Endpoint);
        await AddAllAsync(client, "before");
        endpoint.Name(_a, _b);
        await Eventually.TrueAsync("keys have moved", async _ => (await ServersAsync(client)).ContainsValue(_b.Port));
        var moved = (await ServersAsync(client)).Where(s => s.Value == _b.Port).Select(s => s.Key).ToList();
        Assert.InRange(moved.Count, 10, 50);
        var replies = await GetAllAsync(client);
        Assert.All(replies, r => Assert.Equal(moved.Contains(r.Key) ? ReplyKind.Unreachable : ReplyKind.Value, r.Value.Kind));
        Assert.Contains($"moved here from 127.0.0.1:{_a.Port}", replies[moved[0]].Detail, StringComparison.Ordinal);
        await Eventually.TrueAsync("they are free", async _ =>
            (await GetAllAsync(client)).All(r => r.Value.Kind == (moved.Contains(r.Key) ? ReplyKind.Miss : ReplyKind.Value)));
    }

    [Fact]
    public async Task The_keys_of_a_server_that_is_taken_out_are_quarantined_too()
    {
        await using var endpoint = new ConfigurationEndpoint(_a, _b);
        await using var client = ClientOf(endpoint.Endpoint);
        await AddAllAsync(client, "before");
        var moved = (await ServersAsync(client)).Where(s => s.Value == _b.Port).Select(s => s.Key).ToList();
        var connection = await client.ConnectionOfAsync(moved[0], default);
        endpoint.Name(_a);
        await _b.StopAsync();
        // The loss of a server makes the client ask at once.
        await Eventually.TrueAsync("keys have moved", async _ => !(await ServersAsync(client)).ContainsValue(_b.Port));
        Assert.Equal(ReplyKind.Unreachable, (await connection.GetAsync(moved[0], default)).Kind);
        Assert.All(await GetAllAsync(client), r => Assert.Equal(moved.Contains(r.Key) ? ReplyKind.Unreachable : ReplyKind.Value, r.Value.Kind));
        await Eventually.TrueAsync("they are free", async _ =>
            (await GetAllAsync(client)).All(r => !moved.Contains(r.Key) || r.Value.Kind == ReplyKind.Miss));
    }

    [Fact]
    public async Task A_memcached_that_knows_no_discovery_is_an_error_that_says_what_to_do()
    {
        await using var client = ClientOf(_a.Endpoint);
        var reply = await (await client.ConnectionOfAsync("k", default)).GetAsync("k", default);
        Assert.Equal(ReplyKind.Unreachable, reply.Kind);
        Assert.Contains("name the servers", reply.Detail, StringComparison.Ordinal);
    }

    private static MemcachedClient ClientOf(string endpoint) => Clients.With(Clients.OptionsOf(endpoint) with
    {
        Discovery = true,
        DiscoveryInterval = TimeSpan.FromMilliseconds(600),
        Connection = Clients.Connection with { ConnectTimeout = TimeSpan.FromMilliseconds(500) },
        LongestLife = TimeSpan.FromSeconds(1),
    });

    private static async Task<Dictionary<string, int>> ServersAsync(MemcachedClient client)
    {
        var servers = new Dictionary<string, int>();
        for (var i = 0; i < Keys; i++) servers[$"k{i}"] = (await client.ConnectionOfAsync($"k{i}", default)).Server.Port;
        return servers;
    }

    private static async Task<Dictionary<string, MemcachedReply>> GetAllAsync(MemcachedClient client)
    {
        var replies = new Dictionary<string, MemcachedReply>();
        for (var i = 0; i < Keys; i++) replies[$"k{i}"] = await (await client.ConnectionOfAsync($"k{i}", default)).GetAsync($"k{i}", default);
        return replies;
    }

    private static async Task AddAllAsync(MemcachedClient client, string value)
    {
        for (var i = 0; i < Keys; i++) await (await client.ConnectionOfAsync($"k{i}", default)).AddAsync($"k{i}", value, Ttl, default);
    }
}
