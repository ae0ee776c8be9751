using Coordinator.Core.Leases;
using Coordinator.Grains;
using Coordinator.Memcached.Connections;
using Microsoft.Extensions.Options;

namespace Coordinator.Locking;

/// <summary>Finds all mistakes at once.</summary>
internal sealed class LockingOptionsValidator : IValidateOptions<LockingOptions>
{
    private static readonly TimeSpan MaxReleaseTimeout = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan MaxTtl = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, LockingOptions options)
    {
        var mistakes = new List<string>();
        if (options.Ttl < LeaseOptions.MinTtl || options.Ttl > MaxTtl || options.Ttl.Ticks % TimeSpan.TicksPerSecond != 0)
            Add("Ttl", $"is {options.Ttl}; it must be whole seconds, from {LeaseOptions.MinTtl} to {MaxTtl}");
        if (options.Margin < TimeSpan.Zero || options.Margin > options.Ttl / 4)
            Add("Margin", $"is {options.Margin}; it must be between zero and a quarter of Ttl");
        if (options.UnavailableAfter is { } after && (after < TimeSpan.Zero || after > MaxTtl))
            Add("UnavailableAfter", $"is {after}; it must be between zero and {MaxTtl}");
        if (options.AcquireTimeout <= TimeSpan.Zero || options.AcquireTimeout > CallTimes.LongPoll)
            Add("AcquireTimeout", $"is {options.AcquireTimeout}; it must be above zero and at most {CallTimes.LongPoll}: a caller is to hear who "
                + $"holds the lock before it gives its attempt up");
        if (options.ReleaseTimeout <= TimeSpan.Zero || options.ReleaseTimeout >= MaxReleaseTimeout)
            Add("ReleaseTimeout", $"is {options.ReleaseTimeout}; it must be above zero and below {MaxReleaseTimeout}");
        if (!Enum.IsDefined(options.WhenUnavailable)) Add("WhenUnavailable", $"is {options.WhenUnavailable}; it must be Proceed or Wait");
        if (options.Provider is { } provider && !Enum.IsDefined(provider)) Add("Provider", $"is {provider}; it must be InProcess or Memcached");
        if (options.EffectiveProvider == LockingProvider.Memcached && !options.Memcached.Names.Any())
            Add("Memcached:Servers", "is empty; with Provider=Memcached it must name servers as host:port,host:port");
        foreach (var server in options.Memcached.Names.Where(static n => !ServerAddress.TryParse(n, out _)))
            Add("Memcached:Servers", $"holds '{server}', which is not host:port");
        ValidateMemcached(options.Memcached, Add);
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);

        void Add(string key, string mistake) => mistakes.Add($"{LockingOptions.Section}:{key} {mistake}.");
    }

    private static void ValidateMemcached(LockingOptions.MemcachedSection memcached, Action<string, string> add)
    {
        if (memcached.Discovery && memcached.Names.Count() != 1)
            add("Memcached:Discovery", $"is on; Servers must then be the one configuration endpoint, not '{memcached.Servers}'");
        if (!memcached.Tls && (memcached.TlsServerName ?? memcached.TlsCaFile ?? memcached.TlsThumbprint) is not null)
            add("Memcached:Tls", "is off, but a server name, CA file or thumbprint for it is set");
        if (memcached.TlsCaFile is { } file && !File.Exists(file)) add("Memcached:TlsCaFile", $"is '{file}', which is not there");
        if (memcached.TlsThumbprint is { } thumbprint && !(thumbprint.Length == 64 && thumbprint.All(char.IsAsciiHexDigit)))
            add("Memcached:TlsThumbprint", $"is '{thumbprint}'; it must be the 64 hexadecimal digits of a SHA-256 hash");
    }
}
