using YamlDotNet.RepresentationModel;

namespace Coordinator.IntegrationTests.Monitoring;

/// <summary>The shipped docker-compose.yml: its services, and the configuration that is written in it.</summary>
internal sealed class ComposeFile
{
    private readonly YamlMappingNode _root;

    private ComposeFile(YamlMappingNode root) => _root = root;

    /// <summary>What Prometheus is given, by file name.</summary>
    public Dictionary<string, string> PrometheusFiles => new()
    {
        ["prometheus.yml"] = Config("prometheus"),
        ["alerts.yml"] = Config("alerts"),
    };

    public static ComposeFile Read()
    {
        using var text = File.OpenText(Path.Combine(AppContext.BaseDirectory, "docker-compose.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return new ComposeFile((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    /// <summary>The text of a file as Compose writes it: of two dollar signs one is left, and a single one would be a variable.</summary>
    public string Config(string name)
    {
        var parts = ((YamlScalarNode)_root["configs"][name]["content"]).Value!.Split("$$");
        Assert.All(parts, part => Assert.DoesNotContain("$", part, StringComparison.Ordinal));
        return string.Join('$', parts);
    }

    public YamlMappingNode Service(string name) => (YamlMappingNode)_root["services"][name];

    /// <summary>A rule file or the like, read.</summary>
    public static YamlMappingNode Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
