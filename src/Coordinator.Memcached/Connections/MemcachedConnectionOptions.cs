using System.Net;

namespace Coordinator.Memcached.Connections;

/// <summary>How one connection is made, watched and made again.</summary>
public sealed record MemcachedConnectionOptions
{
    /// <summary>How long the oldest request may wait for its answer before the connection is closed. Default 2 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection may be idle before it gets a probe. Default 2 s.</summary>
    /// <remarks>A lease that is renewed every 5 s is alone on its connection most of the time. The probe detects a silent server before the
    /// renewal.</remarks>
    public TimeSpan IdleProbe { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection attempt may take, including name resolution and TLS. Default 2 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The first delay before a reconnect; it doubles, with jitter. Default 50 ms.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest delay before a reconnect. Default 2 s.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum number of unanswered requests of one server; further requests are answered as unreachable. Default 16,384: a large
    /// silo releases all its locks at once when it drains.</summary>
    public int MaxInFlight { get; init; } = 16_384;

    /// <summary>TLS to the servers; null for none. Default none.</summary>
    public MemcachedTlsOptions? Tls { get; init; }

    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = static (host, ct) => Dns.GetHostAddressesAsync(host, ct);
}
