using System.Net;
using System.Text;
using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Memcached;

public sealed class MemcachedWireTests : IAsyncLifetime
{
    private const long OneGigabyte = 1L << 30;

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
        var connection = await ConnectionAsync();
        using var giveUp = new CancellationTokenSource();
        var first = connection.GetAsync("k1", giveUp.Token).AsTask();
        Assert.Equal("mg k1 v c t", await _peer.LineAsync());
        var second = connection.GetAsync("k2", default).AsTask();
        Assert.Equal("mg k2 v c t", await _peer.LineAsync());
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await _peer.SayAsync("VA 3 c1 t9\r\none\r\nVA 3 c2 t9\r\ntwo\r\n");
        Assert.Equal("two", (await second).Value);
    }

    [Fact]
    public async Task What_was_given_up_before_is_not_sent()
    {
        var connection = await ConnectionAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.GetAsync("k1", new CancellationToken(canceled: true)).AsTask());
        var second = connection.PeekAsync("k2", default).AsTask();
        Assert.Equal("mg k2 v c t u", await _peer.LineAsync());
        await _peer.SayAsync("EN\r\n");
        Assert.Equal(ReplyKind.Miss, (await second).Kind);
    }

    [Theory]
    [InlineData("HELLO\r\n")]
    [InlineData("STORED\r\n")]
    [InlineData("SERVER_ERROR out of memory\r\n")]
    [InlineData("CONFIG cluster 0 0\r\n\r\nEND\r\n")]
    public async Task After_an_answer_that_makes_no_sense_the_outcome_is_unknown_and_the_connection_a_new_one(string garbage)
    {
        var connection = await ConnectionAsync();
        var first = connection.GetAsync("k1", default).AsTask();
        var second = connection.GetAsync("k2", default).AsTask();
        await _peer.LineAsync();
        await _peer.LineAsync();
        await _peer.SayAsync(garbage + "VA 3 c1 t9\r\none\r\n");
        Assert.Equal(ReplyKind.Error, (await first).Kind);
        Assert.Equal(ReplyKind.Lost, (await second).Kind);
        await _peer.AcceptAsync();
        Assert.Equal(ReplyKind.Unreachable, (await connection.GetAsync("k3", default)).Kind);
        var third = ReadAgainAsync("k3");
        Assert.Equal("mg k3 v c t", await _peer.LineAsync());
        await _peer.SayAsync("EN\r\n");
        Assert.Equal(ReplyKind.Miss, (await third).Kind);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_and_all_in_flight_are_lost()
    {
        var connection = await ConnectionAsync();
        var replies = await Task.WhenAll(connection.GetAsync("k1", default).AsTask(), connection.GetAsync("k2", default).AsTask());
        Assert.All(replies, r => Assert.Equal(ReplyKind.Lost, r.Kind));
        Assert.Contains("no answer within", replies[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_reads_is_given_up_and_all_in_flight_are_lost()
    {
        const int Requests = 4096;
        await using var peer = ScriptedPeer.Start();
        await using var client = Clients.Of(peer.Endpoint, Requests);
        await peer.AcceptAsync();
        var connection = await client.ConnectionOfAsync("k", default);
        var (key, value) = (new string('k', 250), new string('v', 250));
        var replies = await Task.WhenAll(
            Enumerable.Range(0, Requests).Select(_ => connection.AddAsync(key, value, TimeSpan.FromSeconds(9), default).AsTask()));
        Assert.All(replies, r => Assert.Equal(ReplyKind.Lost, r.Kind));
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_middle_of_a_reply_leaves_the_outcome_unknown()
    {
        var reply = (await ConnectionAsync()).GetAsync("k1", default).AsTask();
        await _peer.LineAsync();
        await _peer.SayAsync("VA 3 c1 t9\r\non");
        _peer.Close();
        Assert.Equal(ReplyKind.Lost, (await reply).Kind);
    }

    [Fact]
    public async Task A_reply_that_trickles_in_is_given_up_in_time()
    {
        var reply = (await ConnectionAsync()).GetAsync("k1", default).AsTask();
        await _peer.LineAsync();
        await _peer.SayAsync("VA 30000 c1 t9\r\n");
        await Eventually.TrueAsync("it is given up", async _ =>
        {
            try
            {
                await _peer.SayAsync("x");
            }
            catch (IOException)
            {
                // The client cut the connection.
            }

            return reply.IsCompleted;
        });
        Assert.Equal(ReplyKind.Lost, (await reply).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("VA 1073741824 c1 t9\r\n")]
    [InlineData("VA 3 c1 t9\r\none\r\n")]
    [InlineData("CONFIG cluster 0 1073741824\r\n")]
    public async Task A_server_that_never_stops_talking_is_cut_off(string beginning)
    {
        var reply = (await ConnectionAsync()).GetAsync("k1", default).AsTask();
        await _peer.LineAsync();
        await _peer.SayAsync(beginning);
        var said = await _peer.SayUntilCutOffAsync(new byte[64 * 1024], OneGigabyte);
        Assert.InRange(said, 0, OneGigabyte / 16);
        Assert.Equal(beginning.Contains("one", StringComparison.Ordinal) ? ReplyKind.Value : ReplyKind.Error, (await reply).Kind);
    }

    [Fact]
    public async Task A_server_that_sends_an_unrequested_answer_is_cut_off()
    {
        var line = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("MN\r\n", 10_000)));
        Assert.InRange(await _peer.SayUntilCutOffAsync(line, OneGigabyte), 0, OneGigabyte / 16);
        await _peer.AcceptAsync();
    }

    [Fact]
    public async Task More_requests_than_may_be_in_flight_are_refused_and_nothing_is_sent()
    {
        var connection = await ConnectionAsync();
        var waiting = Enumerable.Range(0, 3).Select(i => connection.GetAsync($"k{i}", default).AsTask()).ToList();
        var refused = await connection.GetAsync("k3", default);
        Assert.Equal(ReplyKind.Unreachable, refused.Kind);
        for (var i = 0; i < 3; i++) await _peer.LineAsync();
        await _peer.SayAsync("EN\r\nEN\r\nEN\r\n");
        Assert.All(await Task.WhenAll(waiting), r => Assert.Equal(ReplyKind.Miss, r.Kind));
    }

    [Fact]
    public async Task A_server_that_accepts_and_never_answers_is_unreachable()
    {
        await using var peer = ScriptedPeer.Start();
        await using var client = Clients.Of(peer.Endpoint);
        await peer.AcceptInSilenceAsync();
        var reply = await (await client.ConnectionOfAsync("k", default)).GetAsync("k", default);
        Assert.Equal(ReplyKind.Unreachable, reply.Kind);
        Assert.Contains("no answer within", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_goes_silent_is_found_out_before_anyone_asks_it()
    {
        await using var peer = ScriptedPeer.Start();
        await using var client = Clients.With(peer.Endpoint, Clients.Connection with { IdleProbe = TimeSpan.FromMilliseconds(200) });
        await peer.AcceptAsync();
        Assert.Equal("mn", await peer.LineAsync());
        await peer.SayAsync("MN\r\n");
        Assert.Equal("mn", await peer.LineAsync());
        // No request was sent, so the client must hand out a connection that is known to be unreachable.
        await Eventually.TrueAsync("it is unreachable", async ct => await client.ConnectionOfAsync("k", ct) is NoConnection);
    }

    [Fact]
    public async Task The_name_is_resolved_at_each_connect_and_a_dead_address_does_not_hide_a_live_one()
    {
        await using var peer = ScriptedPeer.Start();
        var asked = 0;
        await using var client = Clients.With(peer.Endpoint, Clients.Connection with
        {
            Resolve = (_, _) =>
            {
                Interlocked.Increment(ref asked);
                return Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.IPv6Loopback, IPAddress.Loopback]);
            },
        });
        await peer.AcceptAsync();
        peer.Close();
        await peer.AcceptAsync();
        Assert.InRange(asked, 2, int.MaxValue);
    }

    private ValueTask<IMemcachedConnection> ConnectionAsync() => _client.ConnectionOfAsync("k", default);

    private async Task<MemcachedReply> ReadAgainAsync(string key)
    {
        // The client knows that the old connection is closed before it knows that the new one is open.
        MemcachedReply reply = default;
        await Eventually.TrueAsync("connected again", async ct =>
        {
            reply = await (await _client.ConnectionOfAsync(key, ct)).GetAsync(key, ct);
            return reply.Kind != ReplyKind.Unreachable;
        });
        return reply;
    }
}
