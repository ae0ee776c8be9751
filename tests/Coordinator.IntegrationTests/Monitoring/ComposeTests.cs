using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Monitoring;

/// <summary>How docker-compose.yml connects Prometheus and Grafana.</summary>
public sealed class ComposeTests : IDisposable
{
    private static readonly ComposeFile Compose = ComposeFile.Read();

    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-compose-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Prometheus_and_Grafana_listen_on_loopback_alone()
    {
        Assert.Contains(Compose.Service("prometheus")["command"].AllNodes, static node =>
            node.ToString().StartsWith("--web.listen-address=127.0.0.1:", StringComparison.Ordinal));
        Assert.Equal("127.0.0.1", Compose.Service("grafana")["environment"]["GF_SERVER_HTTP_ADDR"].ToString());
    }

    [Theory]
    [InlineData("prometheus", "exec /bin/prometheus", "/prometheus/config/prometheus.yml=PROMETHEUS_YML /prometheus/config/alerts.yml=ALERTS_YML")]
    [InlineData("grafana", "exec /run.sh", "/tmp/provisioning/datasources/coordinator.yml=DATA_SOURCE_YML "
        + "/tmp/provisioning/dashboards/coordinator.yml=DASHBOARDS_YML /tmp/dashboards/coordinator.json=DASHBOARD_JSON")]
    public async Task Each_text_that_is_in_it_is_written_to_its_file_before_its_reader_starts(string service, string start, string files)
    {
        var script = Compose.Script(service);
        Assert.Contains(start, script, StringComparison.Ordinal);
        // As in the container, but in a temporary folder, and with `echo` in place of the program.
        script = script.Replace(start, "exec echo", StringComparison.Ordinal).Replace(" /tmp/", $" {_folder}/tmp/", StringComparison.Ordinal)
            .Replace(" /prometheus/", $" {_folder}/prometheus/", StringComparison.Ordinal);
        await using var shell = ChildProcess.Start("/bin/sh", ["-c", script, service, "--an-argument"], Compose.Environment(service), _folder);
        Assert.Equal(0, await shell.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        foreach (var (file, variable) in files.Split(' ').Select(static one => one.Split('=')).Select(static one => (one[0], one[1])))
            Assert.Equal(Compose.Variable(service, variable), await File.ReadAllTextAsync(_folder + file));
        if (service == "prometheus") Assert.Contains("--an-argument", shell.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_reader_looks_where_its_files_are_written()
    {
        var command = Compose.Service("prometheus")["command"].AllNodes.Select(static node => node.ToString()).ToList();
        Assert.Contains("--config.file=/prometheus/config/prometheus.yml", command);
        // The configuration names the rule file beside it.
        Assert.Equal("alerts.yml", ComposeFile.Parse(Compose.PrometheusConfig)["rule_files"][0].ToString());
        Assert.Equal("/tmp/provisioning", Compose.Variable("grafana", "GF_PATHS_PROVISIONING"));
        Assert.Equal("/tmp/dashboards", ComposeFile.Parse(Compose.Dashboards)["providers"][0]["options"]["path"].ToString());
        Assert.Equal("/tmp/dashboards/coordinator.json", Compose.Variable("grafana", "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"));
        var url = ComposeFile.Parse(Compose.DataSource)["datasources"][0]["url"].ToString();
        Assert.Contains($"--web.listen-address={new Uri(url).Authority}", command);
    }
}
