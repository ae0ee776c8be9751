using Coordinator.Core.Leases;

namespace Coordinator.Locking;

/// <summary>Section <c>Coordinator:Locking</c>.</summary>
public sealed class LockingOptions
{
    public const string Section = "Coordinator:Locking";

    /// <summary>Where locks are kept. Default: memcached if servers are named, else in this process.</summary>
    public LockingProvider? Provider { get; set; }

    /// <summary>The memcached servers.</summary>
    public MemcachedSection Memcached { get; set; } = new();

    /// <summary>The life of a lock, in whole seconds, at least 10. Default 15 s.</summary>
    public TimeSpan Ttl { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What is kept off that life for clocks that drift and servers that stall. Default 1 s.</summary>
    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What to do while the lock store cannot be asked. Default: go on, unverified.</summary>
    public WhenUnavailable WhenUnavailable { get; set; }

    /// <summary>
    /// With Proceed, how long the store must have been unavailable to an activation without a lock before it goes on without. Default <see cref="Ttl"/>: then a
    /// restart of memcached lets no second activation through. Shorter, down to zero, is faster and less careful.
    /// </summary>
    public TimeSpan? UnavailableAfter { get; set; }

    /// <summary>How long a call waits for its activation's lock. Default 20 s: longer than a quarantine, or than <see cref="UnavailableAfter"/>.</summary>
    public TimeSpan AcquireTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a release may take when an activation ends. Default 2 s.</summary>
    public TimeSpan ReleaseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The provider that these settings lead to.</summary>
    public LockingProvider EffectiveProvider =>
        Provider ?? (string.IsNullOrWhiteSpace(Memcached.Servers) ? LockingProvider.InProcess : LockingProvider.Memcached);

    internal LeaseOptions ToLeaseOptions() => new() { Ttl = Ttl, Margin = Margin, WhenUnavailable = WhenUnavailable, UnavailableAfter = UnavailableAfter ?? Ttl };

    /// <summary>Section <c>Coordinator:Locking:Memcached</c>.</summary>
    public sealed class MemcachedSection
    {
        /// <summary><c>host:port,host:port</c>. All silos must name the same servers in the same spelling.</summary>
        public string Servers { get; set; } = "";

        /// <summary>Whether <see cref="Servers"/> is one ElastiCache configuration endpoint, which is asked for the servers. Default false.</summary>
        public bool Discovery { get; set; }

        /// <summary>Whether to talk TLS. Unless said otherwise below, the certificate must name the host and the system must trust its issuer. Default false.</summary>
        public bool Tls { get; set; }

        /// <summary>The name that the certificate must carry instead of the host's.</summary>
        public string? TlsServerName { get; set; }

        /// <summary>A PEM file of issuers to trust instead of the system's.</summary>
        public string? TlsCaFile { get; set; }

        /// <summary>The SHA-256 hash, in hexadecimal, of the one certificate that is accepted.</summary>
        public string? TlsThumbprint { get; set; }

        internal IEnumerable<string> Names => Servers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
