using Coordinator.Core.Leases;
using Coordinator.Grains;
using Coordinator.Memcached.Connections;
using Coordinator.Settings;

namespace Coordinator.Locking;

/// <summary>The rules of the locking settings.</summary>
public sealed class LockingOptionsValidator() : SettingsValidator<LockingOptions>(LockingOptions.Section)
{
    private static readonly TimeSpan MaxReleaseTimeout = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan MaxTtl = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override void Check(LockingOptions options, SettingRules rules)
    {
        rules.Require(IsTtl(options.Ttl), options.Ttl, $"whole seconds from {LeaseOptions.MinTtl} to {MaxTtl}");
        rules.Require(options.Margin >= TimeSpan.Zero && options.Margin <= options.Ttl / 4, options.Margin, "zero to a quarter of Ttl");
        rules.Range(options.UnavailableAfter ?? TimeSpan.Zero, TimeSpan.Zero, MaxTtl, expression: "options.UnavailableAfter");
        // A caller is to hear who holds the lock before it gives its attempt up.
        rules.Positive(options.AcquireTimeout, CallTimes.LongPoll);
        var isRelease = options.ReleaseTimeout > TimeSpan.Zero && options.ReleaseTimeout < MaxReleaseTimeout;
        rules.Require(isRelease, options.ReleaseTimeout, $"more than 0 and less than {MaxReleaseTimeout}");
        rules.Defined(options.WhenUnavailable);
        rules.Defined(options.EffectiveProvider, "options.Provider");
        CheckServers(options, rules);
        CheckTls(options, rules);
    }

    private static bool IsTtl(TimeSpan ttl) => ttl >= LeaseOptions.MinTtl && ttl <= MaxTtl && ttl.Ticks % TimeSpan.TicksPerSecond == 0;

    private static void CheckServers(LockingOptions options, SettingRules rules)
    {
        var names = options.Memcached.Names.ToList();
        if (options.EffectiveProvider == LockingProvider.Memcached && names.Count == 0)
            rules.Mistake(options.Memcached.Servers, "is empty; with Provider Memcached expected servers such as host1:11211,host2:11211");
        foreach (var name in names.Where(static n => !ServerAddress.TryParse(n, out _)))
            rules.Mistake(options.Memcached.Servers, $"holds '{name}'; expected servers as host:port");
        foreach (var twice in names.GroupBy(static n => n, StringComparer.OrdinalIgnoreCase).Where(static g => g.Count() > 1))
            rules.Mistake(options.Memcached.Servers, $"holds '{twice.Key}' {twice.Count()} times; expected each server once");
        if (options.Memcached.Discovery && names.Count != 1)
            rules.Mistake(options.Memcached.Discovery, $"is true with {names.Count} servers; expected one configuration endpoint in Servers");
    }

    private static void CheckTls(LockingOptions options, SettingRules rules)
    {
        var memcached = options.Memcached;
        if (!memcached.Tls && (memcached.TlsServerName ?? memcached.TlsCaFile ?? memcached.TlsThumbprint) is not null)
            rules.Mistake(options.Memcached.Tls, "is false, but TlsServerName, TlsCaFile or TlsThumbprint is given; expected Tls true with them");
        var isName = memcached.TlsServerName is null || !string.IsNullOrWhiteSpace(memcached.TlsServerName);
        rules.Require(isName, options.Memcached.TlsServerName, "a host name, or no such key");
        rules.Require(memcached.TlsCaFile is null || File.Exists(memcached.TlsCaFile), options.Memcached.TlsCaFile, "the path of a file that exists");
        rules.Require(IsHash(memcached.TlsThumbprint), options.Memcached.TlsThumbprint, "the 64 hexadecimal digits of a SHA-256 hash");
    }

    private static bool IsHash(string? thumbprint) => thumbprint is null || (thumbprint.Length == 64 && thumbprint.All(char.IsAsciiHexDigit));
}
