using Coordinator.Memcached;
using Microsoft.Extensions.Logging.Abstractions;

namespace Coordinator.IntegrationTests.Memcached;

/// <summary>Clients as tests want them: impatient.</summary>
internal static class Clients
{
    public static MemcachedClient Of(string endpoint, int maxInFlight = 4096)
    {
        if (!ServerAddress.TryParse(endpoint, out var address)) throw new FormatException(endpoint);
        var options = new MemcachedClientOptions
        {
            Servers = [address],
            ReplyTimeout = TimeSpan.FromMilliseconds(500),
            MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
            MaxInFlight = maxInFlight,
        };
        return new MemcachedClient(options, TimeProvider.System, new Random(1), NullLogger<MemcachedClient>.Instance);
    }
}
