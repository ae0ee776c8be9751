using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Coordinator.Memcached.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Coordinator.IntegrationTests.Memcached;

/// <summary>Clients with short reconnect times for tests.</summary>
internal static class Clients
{
    /// <summary>An idle connection sends nothing, so that a scripted peer receives only the requests of the test.</summary>
    public static MemcachedConnectionOptions Connection { get; } = new()
    {
        ReplyTimeout = TimeSpan.FromSeconds(2),
        IdleProbe = TimeSpan.FromMinutes(1),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
    };

    public static MemcachedClient Of(string endpoint, int maxInFlight = 4096) => With(endpoint, Connection with { MaxInFlight = maxInFlight });

    public static MemcachedClient With(string endpoint, MemcachedConnectionOptions connection) =>
        With(OptionsOf(endpoint) with { Connection = connection });

    public static MemcachedClient With(MemcachedClientOptions options) =>
        new(options, TimeProvider.System, new Random(1), NullLogger<MemcachedClient>.Instance);

    public static MemcachedClientOptions OptionsOf(params string[] endpoints) => new()
    {
        Servers = [.. endpoints.Select(static e => ServerAddress.TryParse(e, out var address) ? address : throw new FormatException(e))],
        Connection = Connection,
    };

    /// <summary>Deletes a key if it holds the value, as the release of a lock does. It compares the value because the CAS may change without a
    /// write.</summary>
    public static async Task<MemcachedReply> DeleteIfAsync(this IMemcachedConnection connection, string key, string value)
    {
        var reply = default(MemcachedReply);
        for (var i = 0; i < 3; i++)
        {
            reply = await connection.GetAsync(key, default);
            if (reply.Kind != ReplyKind.Value || reply.Value != value) return reply;
            reply = await connection.DeleteAsync(key, reply.Cas, default);
            if (reply.Kind != ReplyKind.Exists) return reply;
        }

        return reply;
    }
}
