using Coordinator.Memcached;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Memcached;

public sealed class MemcachedWireTests : IAsyncLifetime
{
    private ScriptedPeer _peer = null!;
    private MemcachedClient _client = null!;

    public async Task InitializeAsync()
    {
        _peer = ScriptedPeer.Start();
        _client = Clients.Of(_peer.Endpoint, maxInFlight: 3);
        await _peer.AcceptAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task A_request_given_up_keeps_its_place_in_the_order_of_replies()
    {
        using var giveUp = new CancellationTokenSource();
        var first = _client.GetAsync("k1", giveUp.Token).AsTask();
        Assert.Equal("mg k1 v c t", await _peer.LineAsync());
        var second = _client.GetAsync("k2", default).AsTask();
        Assert.Equal("mg k2 v c t", await _peer.LineAsync());
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await _peer.SayAsync("VA 3 c1 t9\r\none\r\nVA 3 c2 t9\r\ntwo\r\n");
        Assert.Equal("two", (await second).Value);
    }

    [Theory]
    [InlineData("HELLO\r\n")]
    [InlineData("STORED\r\n")]
    [InlineData("SERVER_ERROR out of memory\r\n")]
    public async Task After_an_answer_that_makes_no_sense_the_outcome_is_unknown_and_the_connection_a_new_one(string garbage)
    {
        var first = _client.GetAsync("k1", default).AsTask();
        var second = _client.GetAsync("k2", default).AsTask();
        await _peer.LineAsync();
        await _peer.LineAsync();
        await _peer.SayAsync(garbage + "VA 3 c1 t9\r\none\r\n");
        Assert.Equal(ReplyKind.Error, (await first).Kind);
        Assert.Equal(ReplyKind.Lost, (await second).Kind);
        await _peer.AcceptAsync();
        var third = ReadAgainAsync("k3");
        Assert.Equal("mg k3 v c t", await _peer.LineAsync());
        await _peer.SayAsync("EN\r\n");
        Assert.Equal(ReplyKind.Miss, (await third).Kind);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_and_all_in_flight_are_lost()
    {
        var replies = await Task.WhenAll(_client.GetAsync("k1", default).AsTask(), _client.GetAsync("k2", default).AsTask());
        Assert.All(replies, r => Assert.Equal(ReplyKind.Lost, r.Kind));
        Assert.Contains("no answer within", replies[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_requests_than_may_be_in_flight_are_refused_and_nothing_is_sent()
    {
        var waiting = Enumerable.Range(0, 3).Select(i => _client.GetAsync($"k{i}", default).AsTask()).ToList();
        var refused = await _client.GetAsync("k3", default);
        Assert.Equal(ReplyKind.Unreachable, refused.Kind);
        for (var i = 0; i < 3; i++) await _peer.LineAsync();
        await _peer.SayAsync("EN\r\nEN\r\nEN\r\n");
        Assert.All(await Task.WhenAll(waiting), r => Assert.Equal(ReplyKind.Miss, r.Kind));
    }

    private async Task<MemcachedReply> ReadAgainAsync(string key)
    {
        // The old connection is known to be over before the new one is known to stand.
        MemcachedReply reply = default;
        await Eventually.TrueAsync("connected again", async ct =>
        {
            reply = await _client.GetAsync(key, ct);
            return reply.Kind != ReplyKind.Unreachable;
        });
        return reply;
    }
}
