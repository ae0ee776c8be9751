using System.Net;

namespace Coordinator.Memcached;

/// <summary>How the client behaves.</summary>
public sealed record MemcachedClientOptions
{
    /// <summary>The servers, at least one. Each key lives on one of them and never moves to another while they stay the same.</summary>
    public required IReadOnlyList<ServerAddress> Servers { get; init; }

    /// <summary>How long the oldest request may wait for its answer before the connection is given up. Default 2 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection may have nothing to do before it is asked for a sign of life. Default 2 s.</summary>
    /// <remarks>A lease renewed every 5 s is alone on its connection most of the time: that a server went silent is known before the renewal, not by it.</remarks>
    public TimeSpan IdleProbe { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long connecting may take, name resolution and TLS included. Default 2 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The first pause before connecting again; it doubles, with jitter. Default 50 ms.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause before connecting again. Default 2 s.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many requests of one server may wait for an answer; one more is answered as unreachable. Default 16,384: all locks of a large silo are given back at once when it drains.</summary>
    public int MaxInFlight { get; init; } = 16_384;

    /// <summary>TLS to the servers; null for none. Default none.</summary>
    public MemcachedTlsOptions? Tls { get; init; }

    /// <summary>Whether <see cref="Servers"/> is one ElastiCache configuration endpoint, to be asked for the servers. Default false.</summary>
    public bool Discovery { get; init; }

    /// <summary>How often a configuration endpoint is asked, besides each time that a server is lost. Default 60 s, as ElastiCache advises.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest life that anything is stored for. A key whose server changed with the set of servers is nobody's for at least so long. Default 15 s.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>By then every client that gets answers has asked for the servers again, and what it stored on the old one is over.</summary>
    internal TimeSpan MoveQuarantine => DiscoveryInterval + ConnectTimeout + ReplyTimeout + LongestLife;

    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = static (host, ct) => Dns.GetHostAddressesAsync(host, ct);
}
