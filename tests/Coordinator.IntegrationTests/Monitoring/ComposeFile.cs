using YamlDotNet.RepresentationModel;

namespace Coordinator.IntegrationTests.Monitoring;

/// <summary>The shipped docker-compose.yml: its services and their inline configuration.</summary>
internal sealed class ComposeFile
{
    private readonly YamlMappingNode _root;

    private ComposeFile(YamlMappingNode root) => _root = root;

    /// <summary>Prometheus' configuration files, by name.</summary>
    public Dictionary<string, string> PrometheusFiles => new()
    {
        ["prometheus.yml"] = PrometheusConfig,
        ["alerts.yml"] = Alerts,
    };

    public static ComposeFile Read()
    {
        using var text = File.OpenText(Path.Combine(AppContext.BaseDirectory, "docker-compose.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return new ComposeFile((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    public string PrometheusConfig => Variable("prometheus", "PROMETHEUS_YML");

    public string Alerts => Variable("prometheus", "ALERTS_YML");

    public string DataSource => Variable("grafana", "DATA_SOURCE_YML");

    public string Dashboards => Variable("grafana", "DASHBOARDS_YML");

    public string Dashboard => Variable("grafana", "DASHBOARD_JSON");

    /// <summary>A service's environment, as its process gets it.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Environment(string service) => ((YamlMappingNode)Service(service)["environment"]).Children
        .Select(variable => new KeyValuePair<string, string?>(variable.Key.ToString(), Variable(service, variable.Key.ToString())));

    /// <summary>The shell script that the service runs at its start.</summary>
    public string Script(string service) => Unescaped((YamlScalarNode)Service(service)["entrypoint"][2]);

    public string Variable(string service, string name) => Unescaped((YamlScalarNode)Service(service)["environment"][name]);

    public YamlMappingNode Service(string name) => (YamlMappingNode)_root["services"][name];

    /// <summary>Parses a YAML file, such as a rule file.</summary>
    public static YamlMappingNode Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>Undoes Compose's escapes: two dollar signs become one. A single one would be a variable.</summary>
    private static string Unescaped(YamlScalarNode node)
    {
        var parts = node.Value!.Split("$$");
        Assert.All(parts, part => Assert.DoesNotContain("$", part, StringComparison.Ordinal));
        return string.Join('$', parts);
    }
}
