using Coordinator.Core.Leases;
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

    [Theory]
    [InlineData(9, "Ttl is '00:00:09'; expected whole seconds from 00:00:10 to 01:00:00.")]
    [InlineData(10, null)]
    [InlineData(10.5, "Ttl is '00:00:10.5000000'; expected whole seconds from 00:00:10 to 01:00:00.")]
    [InlineData(3600, null)]
    [InlineData(3601, "Ttl is '01:00:01'; expected whole seconds from 00:00:10 to 01:00:00.")]
    public void A_ttl_is_of_whole_seconds_within_its_bounds(double seconds, string? mistake) =>
        Check(new LockingOptions { Ttl = TimeSpan.FromSeconds(seconds) }, mistake);

    [Theory]
    [InlineData(-1, "Margin is '-00:00:01'; expected zero to a quarter of Ttl.")]
    [InlineData(0, null)]
    [InlineData(5, null)]
    [InlineData(6, "Margin is '00:00:06'; expected zero to a quarter of Ttl.")]
    public void A_margin_is_at_most_a_quarter_of_the_ttl(int seconds, string? mistake) =>
        Check(new LockingOptions { Ttl = TimeSpan.FromSeconds(20), Margin = TimeSpan.FromSeconds(seconds) }, mistake);

    [Theory]
    [InlineData(0, "ReleaseTimeout is '00:00:00'; expected more than 0 and less than 00:00:35.")]
    [InlineData(34, null)]
    [InlineData(35, "ReleaseTimeout is '00:00:35'; expected more than 0 and less than 00:00:35.")]
    public void A_release_ends_before_orleans_gives_the_deactivation_up(int seconds, string? mistake) =>
        Check(new LockingOptions { ReleaseTimeout = TimeSpan.FromSeconds(seconds) }, mistake);

    [Fact]
    public void Numbers_that_have_no_name_are_mistakes() => Assert.Equal(
        [
            "Coordinator:Locking:WhenUnavailable is '7'; allowed are Proceed, Wait.",
            "Coordinator:Locking:Provider is '7'; allowed are InProcess, Memcached.",
        ],
        Mistakes(new LockingOptions { WhenUnavailable = (WhenUnavailable)7, Provider = (LockingProvider)7 }));

    [Theory]
    [InlineData("", "is empty; with Provider Memcached expected servers such as host1:11211,host2:11211.")]
    [InlineData("a:b", "holds 'a:b'; expected servers as host:port.")]
    [InlineData("a:1,A:1,b:1", "holds 'a:1' 2 times; expected each server once.")]
    public void Servers_are_named_once_with_a_host_and_a_port(string servers, string mistake) => Check(
        new LockingOptions { Provider = LockingProvider.Memcached, Memcached = new() { Servers = servers } }, "Memcached:Servers " + mistake);

    [Theory]
    [InlineData("cache.example.com", null, null)]
    [InlineData(null, "/dev/null", null)]
    [InlineData(null, null, "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef")]
    public void Each_setting_of_tls_needs_tls(string? name, string? file, string? thumbprint)
    {
        var section = new LockingOptions.MemcachedSection { Servers = "a:1", TlsServerName = name, TlsCaFile = file, TlsThumbprint = thumbprint };
        Check(new LockingOptions { Memcached = section },
            "Memcached:Tls is false, but TlsServerName, TlsCaFile or TlsThumbprint is given; expected Tls true with them.");
        section.Tls = true;
        Check(new LockingOptions { Memcached = section }, mistake: null);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg")]
    public void A_thumbprint_has_64_hexadecimal_digits(string thumbprint) => Check(
        new LockingOptions { Memcached = new() { Servers = "a:1", Tls = true, TlsThumbprint = thumbprint } },
        $"Memcached:TlsThumbprint is '{thumbprint}'; expected the 64 hexadecimal digits of a SHA-256 hash.");

    private static IEnumerable<string> Mistakes(LockingOptions options) => new LockingOptionsValidator().Validate(null, options).Failures ?? [];

    private static void Check(LockingOptions options, string? mistake) =>
        Assert.Equal(mistake is null ? [] : ["Coordinator:Locking:" + mistake], Mistakes(options));
}
