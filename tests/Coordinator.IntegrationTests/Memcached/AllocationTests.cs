using Coordinator.Memcached;
using Coordinator.Memcached.Protocol;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Memcached;

[Collection(nameof(AloneCollection))]
public sealed class AllocationTests
{
    private const int Rounds = 20_000;
    private const int Tries = 5;

    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Reading_and_touching_allocate_nothing()
    {
        await using var server = await MemcachedServer.StartAsync();
        // Two names of one server, so that there is something to choose.
        var options = Clients.OptionsOf(server.Endpoint, $"localhost:{server.Port}") with
        {
            Connection = Clients.Connection with { ReplyTimeout = TimeSpan.FromSeconds(30) },
        };
        await using var client = Clients.With(options);
        await (await client.ConnectionOfAsync("k", default)).AddAsync("k", "a", Ttl, default);
        var least = double.MaxValue;
        // The first tries are the warm-up. The minimum of several tries excludes what the test runner does at the same time.
        for (var i = 0; i < Tries; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            // Not on the runner's synchronization context, whose continuations allocate.
            await Task.Run(() => AskAsync(client));
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (3.0 * Rounds));
        }

        Assert.InRange(least, 0, 1);
    }

    private static async Task AskAsync(MemcachedClient client)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var connection = await client.ConnectionOfAsync("k", default);
            var get = connection.GetAsync("k", default);
            var peek = connection.PeekAsync("k", default);
            var touch = connection.TouchAsync("k", Ttl, default);
            if ((await get).Kind != ReplyKind.Value || (await peek).Kind != ReplyKind.Value || (await touch).Kind != ReplyKind.Value)
                throw new InvalidOperationException("The key is gone.");
        }
    }
}
