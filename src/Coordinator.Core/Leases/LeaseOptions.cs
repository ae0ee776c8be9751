namespace Coordinator.Core.Leases;

/// <summary>The settings of a lease.</summary>
public sealed record LeaseOptions
{
    /// <summary>The shortest TTL that leaves room for the store's rounding, the margin and two late renewals.</summary>
    public static readonly TimeSpan MinTtl = TimeSpan.FromSeconds(10);

    private readonly TimeSpan? _unavailableAfter;

    /// <summary>The TTL of the key, in whole seconds. Default 15 s.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A reserve for clock drift and stalls of the server. Default 1 s. The relative drift between the owner's clock and memcached's
    /// times <see cref="Ttl"/>, plus the longest stall of memcached in the middle of a renewal, must stay below this plus the second that the
    /// rounding leaves.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The behaviour while the store is unreachable. Default <see cref="WhenUnavailable.Proceed"/>.</summary>
    public WhenUnavailable WhenUnavailable { get; init; }

    /// <summary>The delay between tries while another owner holds the lock, before jitter. Default 200 ms.</summary>
    public TimeSpan AcquireInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The delay between tries of an unanswered renewal, before jitter. Default 500 ms.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the store must have been unreachable before an owner without a lease may proceed. Default <see cref="Ttl"/>: by then
    /// every verified lease has expired.</summary>
    public TimeSpan UnavailableAfter
    {
        get => _unavailableAfter ?? Ttl;
        init => _unavailableAfter = value;
    }

    /// <summary>The delay between checks of a server in quarantine. Default 1 s. The last check is exactly at its end.</summary>
    public TimeSpan QuarantineInterval { get; init; } = TimeSpan.FromSeconds(1);
}
