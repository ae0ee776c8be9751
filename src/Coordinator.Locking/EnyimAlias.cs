using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Locking;

/// <summary>Reads the servers from the section <c>enyimMemcached</c>, which users of EnyimMemcached already have, unless
/// <c>Coordinator:Locking</c> names servers.</summary>
public sealed class EnyimAlias(IConfiguration configuration) : IPostConfigureOptions<LockingOptions>
{
    private const string Section = "enyimMemcached:Servers";

    /// <inheritdoc/>
    public void PostConfigure(string? name, LockingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.IsNullOrWhiteSpace(options.Memcached.Servers)) return;
        var servers = configuration.GetSection(Section).GetChildren().Select(static s => $"{s["Address"]}:{s["Port"] ?? "11211"}");
        options.Memcached.Servers = string.Join(',', servers);
    }
}
