using Coordinator.Memcached;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Memcached;

public sealed class MemcachedClientTests : IAsyncLifetime
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);

    private MemcachedServer _server = null!;
    private MemcachedClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await MemcachedServer.StartAsync();
        _client = Clients.Of(_server.Endpoint);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_first_add_stores_and_the_second_names_the_owner()
    {
        var first = await _client.AddAndGetAsync("k", "a", Ttl, default);
        var second = await _client.AddAndGetAsync("k", "b", Ttl, default);
        Assert.Equal((ReplyKind.Stored, "a"), (first.Add.Kind, first.Get.Value));
        Assert.Equal((ReplyKind.NotStored, "a"), (second.Add.Kind, second.Get.Value));
        Assert.InRange(second.Get.TtlSeconds ?? 0, 1, 30);
    }

    [Fact]
    public async Task Touching_lengthens_the_life_and_keeps_the_cas()
    {
        var added = await _client.AddAndGetAsync("k", "a", TimeSpan.FromSeconds(10), default);
        var touched = await _client.TouchAndGetAsync("k", TimeSpan.FromSeconds(100), default);
        Assert.Equal(added.Get.Cas, touched.Cas);
        Assert.InRange(touched.TtlSeconds ?? 0, 99, 100);
        Assert.Equal(ReplyKind.Miss, (await _client.TouchAndGetAsync("absent", Ttl, default)).Kind);
    }

    [Fact]
    public async Task Only_the_owners_value_is_deleted()
    {
        await _client.AddAndGetAsync("k", "a", Ttl, default);
        var others = await _client.DeleteIfAsync("k", "b", default);
        Assert.Equal((ReplyKind.Value, "a"), (others.Kind, others.Value));
        Assert.Equal(ReplyKind.Deleted, (await _client.DeleteIfAsync("k", "a", default)).Kind);
        Assert.Equal(ReplyKind.Miss, (await _client.DeleteIfAsync("k", "a", default)).Kind);
    }

    [Fact]
    public async Task After_a_restart_the_same_cas_does_not_delete_a_rivals_lock()
    {
        var mine = await _client.AddAndGetAsync("k", "a", Ttl, default);
        await _server.RestartAsync();
        var rivals = default(AddAndGetReply);
        await Eventually.TrueAsync("the client is connected again", async ct =>
            !(rivals = await _client.AddAndGetAsync("k", "b", Ttl, ct)).Get.IsTrouble);
        Assert.Equal(mine.Get.Cas, rivals.Get.Cas);
        Assert.Equal("b", (await _client.DeleteIfAsync("k", "a", default)).Value);
        Assert.Equal("b", (await _client.GetAsync("k", default)).Value);
    }

    [Fact]
    public async Task A_contender_at_a_server_that_is_full_does_not_delete_the_owners_lock()
    {
        await using var full = await MemcachedServer.StartAsync("-M", "-m", "2");
        await using var client = Clients.Of(full.Endpoint);
        await client.AddAndGetAsync("lock", "owner", Ttl, default);
        await FillAsync(full);
        await client.AddAndGetAsync("lock", "contender", Ttl, default);
        var reply = default(MemcachedReply);
        await Eventually.TrueAsync("an answer", async ct => !(reply = await client.TouchAndGetAsync("lock", Ttl, ct)).IsTrouble);
        Assert.Equal("owner", reply.Value);
    }

    [Fact]
    public async Task A_stalled_server_costs_the_requests_in_flight_and_no_more()
    {
        Assert.Equal(ReplyKind.Miss, (await _client.GetAsync("k", default)).Kind);
        await _server.SignalAsync("STOP");
        Assert.Equal(ReplyKind.Lost, (await _client.GetAsync("k", default)).Kind);
        await _server.SignalAsync("CONT");
        await AnswersAsync();
    }

    [Fact]
    public async Task A_killed_server_is_unreachable_until_it_is_back()
    {
        Assert.Equal(ReplyKind.Miss, (await _client.GetAsync("k", default)).Kind);
        await _server.StopAsync();
        await Eventually.TrueAsync("it is unreachable", async ct => (await _client.GetAsync("k", ct)).Kind == ReplyKind.Unreachable);
        await _server.RestartAsync();
        await AnswersAsync();
    }

    [Fact]
    public async Task A_client_of_a_server_that_was_never_there_says_unreachable()
    {
        await using var client = Clients.Of($"127.0.0.1:{FreePort.Next()}");
        Assert.Equal(ReplyKind.Unreachable, (await client.GetAsync("k", default)).Kind);
        Assert.Equal(ReplyKind.Unreachable, (await client.PingAsync(default)).Values.Single().Kind);
    }

    [Fact]
    public async Task Ten_thousand_requests_at_once_get_their_own_answers()
    {
        const int Keys = 100;
        for (var i = 0; i < Keys; i++) await _client.AddAndGetAsync($"k{i}", $"v{i}", Ttl, default);
        for (var round = 0; round < 10; round++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => _client.GetAsync($"k{i % Keys}", default).AsTask()));
            for (var i = 0; i < replies.Length; i++) Assert.Equal($"v{i % Keys}", replies[i].Value);
        }
    }

    private Task AnswersAsync() =>
        Eventually.TrueAsync("it answers again", async ct => (await _client.PingAsync(ct)).Values.Single().Kind == ReplyKind.NoOp);

    private static async Task FillAsync(MemcachedServer server)
    {
        // Small items, so that also the slab class of a lock is full.
        var commands = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"set fill{i} 0 0 5\r\nvalue\r\n"));
        var replies = await server.CommandAsync(commands.TrimEnd());
        Assert.Contains("SERVER_ERROR out of memory", replies, StringComparison.Ordinal);
    }
}
