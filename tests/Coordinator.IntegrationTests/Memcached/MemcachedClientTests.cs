using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;
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
        var connection = await ConnectionAsync();
        Assert.Equal(ReplyKind.Stored, (await connection.AddAsync("k", "a", Ttl, default)).Kind);
        // Sent together. The answers come in order.
        var second = connection.AddAsync("k", "b", Ttl, default);
        var owner = connection.PeekAsync("k", default);
        Assert.Equal(ReplyKind.NotStored, (await second).Kind);
        var found = await owner;
        Assert.Equal((ReplyKind.Value, "a"), (found.Kind, found.Value));
        Assert.InRange(found.TtlSeconds ?? 0, 1, 30);
    }

    [Fact]
    public async Task Touching_lengthens_the_life_and_keeps_the_cas()
    {
        var connection = await ConnectionAsync();
        await connection.AddAsync("k", "a", TimeSpan.FromSeconds(10), default);
        var before = await connection.GetAsync("k", default);
        var touched = await connection.TouchAsync("k", TimeSpan.FromSeconds(100), default);
        Assert.Equal(before.Cas, touched.Cas);
        Assert.InRange(touched.TtlSeconds ?? 0, 99, 100);
        Assert.Equal(ReplyKind.Miss, (await connection.TouchAsync("absent", Ttl, default)).Kind);
    }

    [Fact]
    public async Task A_delete_needs_the_cas_that_was_read()
    {
        var connection = await ConnectionAsync();
        await connection.AddAsync("k", "a", Ttl, default);
        var cas = (await connection.GetAsync("k", default)).Cas;
        Assert.Equal(ReplyKind.Exists, (await connection.DeleteAsync("k", cas + 1, default)).Kind);
        Assert.Equal(ReplyKind.Deleted, (await connection.DeleteAsync("k", cas, default)).Kind);
        Assert.Equal(ReplyKind.NotFound, (await connection.DeleteAsync("k", cas, default)).Kind);
    }

    [Fact]
    public async Task A_stalled_server_costs_the_requests_in_flight_and_no_more()
    {
        Assert.Equal(ReplyKind.Miss, (await GetAsync("k")).Kind);
        await _server.SignalAsync("STOP");
        Assert.Equal(ReplyKind.Lost, (await GetAsync("k")).Kind);
        await _server.SignalAsync("CONT");
        await AnswersAsync();
    }

    [Fact]
    public async Task A_killed_server_is_unreachable_until_it_is_back()
    {
        Assert.Equal(ReplyKind.Miss, (await GetAsync("k")).Kind);
        await _server.StopAsync();
        await Eventually.TrueAsync("it is unreachable", async ct => (await GetAsync("k", ct)).Kind == ReplyKind.Unreachable);
        await _server.RestartAsync();
        await AnswersAsync();
    }

    [Fact]
    public async Task A_client_of_a_server_that_was_never_there_says_unreachable()
    {
        await using var client = Clients.Of($"127.0.0.1:{FreePort.Next()}");
        Assert.Equal(ReplyKind.Unreachable, (await (await client.ConnectionOfAsync("k", default)).GetAsync("k", default)).Kind);
        Assert.Equal(ReplyKind.Unreachable, (await client.PingAsync(default)).Values.Single().Kind);
    }

    [Fact]
    public async Task Ten_thousand_requests_at_once_get_their_own_answers()
    {
        const int Keys = 100;
        await using var client = Clients.With(_server.Endpoint, Clients.Connection with { ReplyTimeout = Ttl });
        var connection = await client.ConnectionOfAsync("k", default);
        for (var i = 0; i < Keys; i++) await connection.AddAsync($"k{i}", $"v{i}", Ttl, default);
        for (var round = 0; round < 10; round++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => connection.GetAsync($"k{i % Keys}", default).AsTask()));
            for (var i = 0; i < replies.Length; i++) Assert.Equal($"v{i % Keys}", replies[i].Value);
        }
    }

    [Fact]
    public async Task A_caller_that_dawdles_over_its_answer_does_not_hold_up_the_next()
    {
        await using var client = Clients.With(_server.Endpoint, Clients.Connection with { ReplyTimeout = Ttl });
        var connection = await client.ConnectionOfAsync("k", default);
        await connection.GetAsync("warm", default);
        using var release = new ManualResetEventSlim();
        var dawdler = DawdleAsync();
        for (var i = 0; i < 10; i++) Assert.Equal(ReplyKind.Miss, (await connection.GetAsync("k", default).AsTask().WaitAsync(Ttl)).Kind);
        release.Set();
        await dawdler;

        async Task DawdleAsync()
        {
            await connection.GetAsync("k", default);
            release.Wait(Ttl);
        }
    }

    [Fact]
    public async Task Requests_given_up_while_answers_come_spoil_no_other_request()
    {
        await using var client = Clients.With(_server.Endpoint, Clients.Connection with { ReplyTimeout = Ttl });
        var connection = await client.ConnectionOfAsync("k", default);
        await connection.AddAsync("mine", "a", Ttl, default);
        await connection.AddAsync("yours", "b", Ttl, default);
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            using var giveUp = new CancellationTokenSource();
            var mine = Enumerable.Range(0, 20).Select(_ => connection.GetAsync("mine", giveUp.Token).AsTask()).ToList();
            var yours = Enumerable.Range(0, 20).Select(_ => connection.GetAsync("yours", default).AsTask()).ToList();
            for (var spins = random.Next(2000); spins > 0; spins--) Thread.SpinWait(1);
            await giveUp.CancelAsync();
            Assert.All(await Task.WhenAll(yours), r => Assert.Equal("b", r.Value));
            foreach (var task in mine)
            {
                try
                {
                    Assert.Equal("a", (await task).Value);
                }
                catch (OperationCanceledException)
                {
                    // The client gave up in time.
                }
            }
        }
    }

    private ValueTask<IMemcachedConnection> ConnectionAsync() => _client.ConnectionOfAsync("k", default);

    private async Task<MemcachedReply> GetAsync(string key, CancellationToken ct = default) =>
        await (await _client.ConnectionOfAsync(key, ct)).GetAsync(key, ct);

    private Task AnswersAsync() =>
        Eventually.TrueAsync("it answers again", async ct => (await _client.PingAsync(ct)).Values.Single().Kind == ReplyKind.NoOp);
}
