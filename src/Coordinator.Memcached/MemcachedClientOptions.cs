namespace Coordinator.Memcached;

/// <summary>How the client behaves.</summary>
public sealed record MemcachedClientOptions
{
    /// <summary>The servers, at least one. Each key lives on one of them and never moves to another.</summary>
    public required IReadOnlyList<ServerAddress> Servers { get; init; }

    /// <summary>How long the oldest request may wait for its answer before the connection is given up. Default 2 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long connecting may take, name resolution included. Default 2 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The first pause before connecting again; it doubles, with jitter. Default 50 ms.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause before connecting again. Default 2 s.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many requests of one server may wait for an answer; one more is answered as unreachable. Default 4,096.</summary>
    public int MaxInFlight { get; init; } = 4096;
}
