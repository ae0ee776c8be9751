using Coordinator.TestServers;
using YamlDotNet.RepresentationModel;

namespace Coordinator.IntegrationTests.Monitoring;

/// <summary>The shipped alert rules, as Prometheus' own tool judges them.</summary>
public sealed class AlertRulesTests
{
    private const string Cases = "alerts-test.yml";

    private static readonly ComposeFile Compose = ComposeFile.Read();

    [Theory]
    [InlineData("check", "config", "prometheus.yml")]
    [InlineData("check", "rules", "--lint-fatal", "alerts.yml")]
    public async Task Promtool_accepts_configuration_and_rules(params string[] command)
    {
        var (code, output) = await PrometheusServer.CheckAsync(Compose.PrometheusFiles, command);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Every_alert_fires_on_its_fault_and_keeps_quiet_on_a_healthy_system()
    {
        var files = Compose.PrometheusFiles;
        files[Cases] = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Data", Cases));
        var (code, output) = await PrometheusServer.CheckAsync(files, "test", "rules", Cases);
        Assert.True(code == 0, output);

        foreach (var rule in Rules())
            Assert.Contains($"alertname=\"{Text(rule, "alert")}\", alertstate=\"firing\"", files[Cases], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_what_is_wrong_and_what_to_do_next()
    {
        foreach (var rule in Rules())
        {
            Assert.Contains(Text(rule["labels"], "severity"), new[] { "info", "warning", "critical" });
            Assert.NotEmpty(Text(rule["annotations"], "summary"));
            Assert.True(Text(rule["annotations"], "description").Length > 80, Text(rule, "alert"));
        }
    }

    private static IEnumerable<YamlNode> Rules() =>
        ((YamlSequenceNode)ComposeFile.Parse(Compose.Alerts)["groups"]).SelectMany(static group => (YamlSequenceNode)group["rules"]);

    private static string Text(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
