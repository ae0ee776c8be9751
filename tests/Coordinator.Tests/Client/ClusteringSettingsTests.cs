using Coordinator.Client.Connecting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Client;

public sealed class ClusteringSettingsTests
{
    [Fact]
    public void Defaults_are_the_silo_on_this_machine()
    {
        var settings = Read([]);
        Assert.Equal(("127.0.0.1:30000", "coordinator", "coordinator"), (settings.Gateway.ToString(), settings.ClusterId, settings.ServiceId));
    }

    [Fact]
    public void Every_mistake_is_named_with_key_value_and_what_is_allowed()
    {
        var e = Assert.Throws<OptionsValidationException>(() => Read(new() { ["Coordinator:Clustering:Provider"] = "Zookeeper", ["Coordinator:Silo:GatewayPort"] = "70000" }));
        Assert.Contains("Coordinator:Clustering:Provider is 'Zookeeper'; allowed is Localhost", e.Message, StringComparison.Ordinal);
        Assert.Contains("Coordinator:Silo:GatewayPort is '70000'; expected a port", e.Message, StringComparison.Ordinal);
    }

    private static ClusteringSettings Read(Dictionary<string, string?> values) => ClusteringSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
}
