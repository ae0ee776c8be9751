using Coordinator.Memcached.Connections;

namespace Coordinator.Memcached;

/// <summary>The settings of the client.</summary>
public sealed record MemcachedClientOptions
{
    /// <summary>The servers, at least one. A key's server changes only with this list.</summary>
    public required IReadOnlyList<ServerAddress> Servers { get; init; }

    /// <summary>How each server's connection behaves.</summary>
    public MemcachedConnectionOptions Connection { get; init; } = new();

    /// <summary>Whether <see cref="Servers"/> is one ElastiCache configuration endpoint that lists the servers. Default false.</summary>
    public bool Discovery { get; init; }

    /// <summary>How often the configuration endpoint is asked, besides each time that a server is lost. Default 60 s, as ElastiCache
    /// recommends.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The maximum TTL of all stored keys. A key whose server changed has no owner for at least this time. Default 15 s.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this time every client that gets answers has read the servers again, and its keys on the old server have
    /// expired.</summary>
    internal TimeSpan MoveQuarantine => DiscoveryInterval + Connection.ConnectTimeout + Connection.ReplyTimeout + LongestLife;
}
