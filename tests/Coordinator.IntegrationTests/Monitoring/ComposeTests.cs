using YamlDotNet.RepresentationModel;

namespace Coordinator.IntegrationTests.Monitoring;

/// <summary>How docker-compose.yml wires Prometheus and Grafana up.</summary>
public sealed class ComposeTests
{
    private static readonly ComposeFile Compose = ComposeFile.Read();

    [Fact]
    public void Prometheus_and_Grafana_listen_on_loopback_alone()
    {
        Assert.Contains(Compose.Service("prometheus")["command"].AllNodes, static node => node.ToString().StartsWith("--web.listen-address=127.0.0.1:", StringComparison.Ordinal));
        Assert.Equal("127.0.0.1", Compose.Service("grafana")["environment"]["GF_SERVER_HTTP_ADDR"].ToString());
    }

    [Fact]
    public void Each_file_that_is_written_in_it_is_mounted_where_its_reader_looks()
    {
        var mounts = new[] { "prometheus", "grafana" }.SelectMany(static service => (YamlSequenceNode)Compose.Service(service)["configs"])
            .ToDictionary(static config => config["source"].ToString(), static config => config["target"].ToString());
        Assert.Equal("/etc/prometheus/prometheus.yml", mounts["prometheus"]);
        // The rule file is named beside it.
        Assert.Equal("/etc/prometheus/alerts.yml", mounts["alerts"]);
        Assert.Equal("alerts.yml", ComposeFile.Parse(Compose.Config("prometheus"))["rule_files"][0].ToString());
        Assert.StartsWith("/etc/grafana/provisioning/datasources/", mounts["grafana-data-source"], StringComparison.Ordinal);
        Assert.StartsWith("/etc/grafana/provisioning/dashboards/", mounts["grafana-dashboards"], StringComparison.Ordinal);
        var folder = ComposeFile.Parse(Compose.Config("grafana-dashboards"))["providers"][0]["options"]["path"].ToString();
        Assert.Equal($"{folder}/coordinator.json", mounts["grafana-dashboard"]);
        var url = ComposeFile.Parse(Compose.Config("grafana-data-source"))["datasources"][0]["url"].ToString();
        Assert.Contains($"--web.listen-address={new Uri(url).Authority}", Compose.Service("prometheus")["command"].AllNodes.Select(static node => node.ToString()));
    }
}
