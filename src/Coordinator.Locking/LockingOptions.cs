using Coordinator.Core.Leases;
using Coordinator.Grains;

namespace Coordinator.Locking;

/// <summary>Section <c>Coordinator:Locking</c>.</summary>
public sealed class LockingOptions
{
    public const string Section = "Coordinator:Locking";

    /// <summary>The store of locks. Default: memcached if servers are set, otherwise this process.</summary>
    public LockingProvider? Provider { get; set; }

    /// <summary>The memcached servers.</summary>
    public MemcachedSection Memcached { get; set; } = new();

    /// <summary>The TTL of a lock, in whole seconds, at least 10. Default 15 s.</summary>
    public TimeSpan Ttl { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A reserve for clock drift and stalls of the server. Default 1 s.</summary>
    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The behaviour while the lock store is unreachable. Default: proceed unverified.</summary>
    public WhenUnavailable WhenUnavailable { get; set; }

    /// <summary>With Proceed, how long the store must have been unreachable before an activation without a lock proceeds. Default
    /// <see cref="Ttl"/>: then a restart of memcached admits no second activation. Shorter values, down to zero, are faster and less
    /// safe.</summary>
    public TimeSpan? UnavailableAfter { get; set; }

    /// <summary>How long one call waits for its activation's lock before it hears who holds it. Default, and at most, 5 s: the SDK submits again
    /// until
    /// its own timeout.</summary>
    public TimeSpan AcquireTimeout { get; set; } = CallTimes.LongPoll;

    /// <summary>How long a release may take at the end of an activation. Default 2 s.</summary>
    public TimeSpan ReleaseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The resulting provider.</summary>
    public LockingProvider EffectiveProvider =>
        Provider ?? (string.IsNullOrWhiteSpace(Memcached.Servers) ? LockingProvider.InProcess : LockingProvider.Memcached);

    internal LeaseOptions ToLeaseOptions() =>
        new() { Ttl = Ttl, Margin = Margin, WhenUnavailable = WhenUnavailable, UnavailableAfter = UnavailableAfter ?? Ttl };

    /// <summary>Section <c>Coordinator:Locking:Memcached</c>.</summary>
    public sealed class MemcachedSection
    {
        /// <summary><c>host:port,host:port</c>. All silos must name the same servers in the same spelling.</summary>
        public string Servers { get; set; } = "";

        /// <summary>Whether <see cref="Servers"/> is one ElastiCache configuration endpoint that lists the servers. Default false.</summary>
        public bool Discovery { get; set; }

        /// <summary>Whether to use TLS. By default the certificate must name the host and the system must trust its issuer. Default
        /// false.</summary>
        public bool Tls { get; set; }

        /// <summary>The name that the certificate must have instead of the host's.</summary>
        public string? TlsServerName { get; set; }

        /// <summary>A PEM file of issuers to trust instead of the system's.</summary>
        public string? TlsCaFile { get; set; }

        /// <summary>The SHA-256 hash, in hexadecimal, of the only accepted certificate.</summary>
        public string? TlsThumbprint { get; set; }

        internal IEnumerable<string> Names => Servers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
