namespace Coordinator.Core.Leases;

/// <summary>How a lease behaves.</summary>
public sealed record LeaseOptions
{
    /// <summary>The shortest life that leaves room for the store's rounding, the margin and two late renewals.</summary>
    public static readonly TimeSpan MinTtl = TimeSpan.FromSeconds(10);

    private readonly TimeSpan? _unavailableAfter;

    /// <summary>The life of the key, in whole seconds. Default 15 s.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What is kept off the life for clocks that drift and a server that stalls. Default 1 s. The relative drift of the owner's clock against memcached's times
    /// <see cref="Ttl"/>, plus the longest stall of memcached in the middle of a renewal, must stay below this and the second that the rounding leaves.
    /// </summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What to do while the store cannot be asked. Default <see cref="WhenUnavailable.Proceed"/>.</summary>
    public WhenUnavailable WhenUnavailable { get; init; }

    /// <summary>The pause between tries at a lock that another holds, before jitter. Default 200 ms.</summary>
    public TimeSpan AcquireInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The pause between tries at a renewal that was not answered, before jitter. Default 500 ms.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long the store must have been unavailable to one who asks for a lease before it may proceed without. Default <see cref="Ttl"/>: by then every lease that
    /// was verified before has ended.
    /// </summary>
    public TimeSpan UnavailableAfter
    {
        get => _unavailableAfter ?? Ttl;
        init => _unavailableAfter = value;
    }

    /// <summary>The pause between looks at a server in quarantine. Default 1 s; its end is met exactly.</summary>
    public TimeSpan QuarantineInterval { get; init; } = TimeSpan.FromSeconds(1);
}
