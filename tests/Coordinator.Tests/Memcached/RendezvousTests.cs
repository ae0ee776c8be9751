using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Servers;

namespace Coordinator.Tests.Memcached;

public sealed class RendezvousTests
{
    private static readonly ServerAddress A = new("cache-a", 11211);
    private static readonly ServerAddress B = new("cache-b", 11211);
    private static readonly ServerAddress C = new("cache-c", 11211);

    [Fact]
    public void Taking_a_server_away_moves_its_own_keys_alone()
    {
        var keys = Enumerable.Range(0, 3000).Select(i => $"key{i}").ToList();
        var moved = keys.Where(k => Pick(k, A, B, C) != Pick(k, A, C)).ToList();
        Assert.All(moved, k => Assert.Equal(B, Pick(k, A, B, C)));
        Assert.InRange(moved.Count, 900, 1100);
    }

    [Fact]
    public void The_order_in_which_servers_are_named_does_not_matter() =>
        Assert.All(Enumerable.Range(0, 300).Select(i => $"key{i}"), k => Assert.Equal(Pick(k, A, B, C), Pick(k, C, A, B)));

    [Theory]
    [InlineData("coordinator/s/table/public.a", "cache-b")]
    [InlineData("coordinator/s/table/public.b", "cache-b")]
    [InlineData("coordinator/s/table/public.c", "cache-c")]
    [InlineData("coordinator/s/table/public.d", "cache-a")]
    [InlineData("k", "cache-c")]
    public void A_key_has_the_same_server_in_every_process_and_release(string key, string host) => Assert.Equal(host, Pick(key, A, B, C).Host);

    private static ServerAddress Pick(string key, params ServerAddress[] servers) =>
        servers[Rendezvous.Pick([.. servers.Select(Rendezvous.SeedOf)], key)];
}
