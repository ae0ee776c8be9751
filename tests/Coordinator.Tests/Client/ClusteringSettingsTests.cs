using Coordinator.Client.Connecting;
using Coordinator.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Client;

public sealed class ClusteringSettingsTests
{
    [Fact]
    public void Defaults_are_the_silo_on_this_machine()
    {
        var settings = Read([]);
        Assert.Equal(("127.0.0.1:30000", "coordinator", "coordinator"),
            (settings.Gateway.ToString(), settings.Clustering.ClusterId, settings.Clustering.ServiceId));
    }

    [Fact]
    public void Every_mistake_is_named_with_key_value_and_what_is_allowed()
    {
        var e = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Coordinator:Clustering:Provider"] = "Zookeeper",
            ["Coordinator:Silo:GatewayPort"] = "70000",
            ["Coordinator:Clustering:ClusterId"] = ""
        }));
        Assert.Contains("Coordinator:Clustering:Provider is 'Zookeeper'; allowed are Localhost, Postgres, Redis", e.Message,
            StringComparison.Ordinal);
        Assert.Contains("Coordinator:Silo:GatewayPort is '70000'; expected a port", e.Message, StringComparison.Ordinal);
        Assert.Contains("Coordinator:Clustering:ClusterId has 0 characters", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Postgres", null, "Coordinator:Clustering:ConnectionString is empty")]
    [InlineData("Redis", " ", "Coordinator:Clustering:ConnectionString is empty")]
    [InlineData("Postgres", "Host=db;Secret=hush", "Coordinator:Clustering:ConnectionString cannot be understood")]
    [InlineData("Postgres", "Username=hush", "Coordinator:Clustering:ConnectionString cannot be understood")]
    [InlineData("redis", "hush=1", "Coordinator:Clustering:ConnectionString cannot be understood")]
    public void A_membership_that_cannot_be_found_is_named_by_its_setting_and_never_quoted(string provider, string? connectionString, string expected)
    {
        var e = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Coordinator:Clustering:Provider"] = provider,
            ["Coordinator:Clustering:ConnectionString"] = connectionString,
        }));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", e.ToString(), StringComparison.Ordinal);
    }

    private static ClusteringSettings Read(Dictionary<string, string?> values)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        var settings = ClusteringSettings.Read(reader);
        reader.ThrowIfWrong();
        return settings;
    }
}
