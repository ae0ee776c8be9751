using Coordinator.Locking;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Tests.Locking;

public sealed class LockingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_keep_locks_in_the_process()
    {
        var options = new LockingOptions();
        Assert.True(new LockingOptionsValidator().Validate(null, options).Succeeded);
        Assert.Equal(LockingProvider.InProcess, options.EffectiveProvider);
    }

    [Fact]
    public void Naming_servers_chooses_memcached() =>
        Assert.Equal(LockingProvider.Memcached, new LockingOptions { Memcached = new() { Servers = "a:1" } }.EffectiveProvider);

    [Fact]
    public void All_mistakes_are_reported_together()
    {
        var options = new LockingOptions
        {
            Ttl = TimeSpan.FromSeconds(3),
            AcquireTimeout = TimeSpan.FromMinutes(1),
            ReleaseTimeout = TimeSpan.Zero,
            UnavailableAfter = TimeSpan.FromSeconds(-1),
            Memcached = new() { Servers = "a:1,b:c" },
        };
        var failures = new LockingOptionsValidator().Validate(null, options).Failures!.ToList();
        Assert.Contains(failures, f => f.StartsWith("Coordinator:Locking:Ttl is '00:00:03'", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.StartsWith("Coordinator:Locking:AcquireTimeout", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.StartsWith("Coordinator:Locking:ReleaseTimeout", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.StartsWith("Coordinator:Locking:UnavailableAfter", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.Contains("'b:c'", StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_about_memcached_are_reported_together()
    {
        var options = new LockingOptions
        {
            Memcached = new() { Servers = "a:1,b:2", Discovery = true, TlsCaFile = "/nowhere/ca.pem", TlsThumbprint = "12:34" },
        };
        var failures = new LockingOptionsValidator().Validate(null, options).Failures!.ToList();
        Assert.Equal(
            ["Memcached:Discovery", "Memcached:Tls", "Memcached:TlsCaFile", "Memcached:TlsThumbprint"],
            failures.Select(f => f.Split(' ')[0].Replace("Coordinator:Locking:", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_configuration_endpoint_with_tls_is_valid() => Assert.True(new LockingOptionsValidator().Validate(null, new LockingOptions
    {
        Memcached = new() { Servers = "x.cfg.use1.cache.amazonaws.com", Discovery = true, Tls = true, TlsServerName = "x" },
    }).Succeeded);

    [Fact]
    public void A_new_owner_waits_for_a_ttl_by_default()
    {
        var ttl = TimeSpan.FromSeconds(18);
        Assert.Equal(ttl, new LockingOptions { Ttl = ttl }.ToLeaseOptions().UnavailableAfter);
        Assert.Equal(TimeSpan.Zero, new LockingOptions { Ttl = ttl, UnavailableAfter = TimeSpan.Zero }.ToLeaseOptions().UnavailableAfter);
    }

    [Fact]
    public void Servers_of_the_section_enyimMemcached_are_taken_unless_ours_names_some()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["enyimMemcached:Servers:0:Address"] = "cache1",
            ["enyimMemcached:Servers:0:Port"] = "11222",
            ["enyimMemcached:Servers:1:Address"] = "cache2",
        }).Build();
        var alias = new EnyimAlias(configuration);
        var none = new LockingOptions();
        var own = new LockingOptions { Memcached = new() { Servers = "own:1" } };
        alias.PostConfigure(null, none);
        alias.PostConfigure(null, own);
        Assert.Equal("cache1:11222,cache2:11211", none.Memcached.Servers);
        Assert.Equal("own:1", own.Memcached.Servers);
    }
}
