using System.Diagnostics.Metrics;

namespace Coordinator.Memcached.Connections;

/// <summary>The meter <c>Coordinator.Memcached</c>.</summary>
internal static class MemcachedMetrics
{
    public const string MeterName = "Coordinator.Memcached";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Requests =
        Meter.CreateCounter<long>("coordinator.memcached.requests", "{request}", "Commands sent.");

    public static readonly Counter<long> Errors =
        Meter.CreateCounter<long>("coordinator.memcached.errors", "{request}", "Commands without a trustworthy answer.");

    public static readonly Counter<long> Connects =
        Meter.CreateCounter<long>("coordinator.memcached.connects", "{connection}", "Connections made.");

    /// <summary>The common tag of all instruments. It allocates, so create it once per connection.</summary>
    public static KeyValuePair<string, object?> Server(ServerAddress server) => new("server", server.ToString());
}
