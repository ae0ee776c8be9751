using System.Text.Json;
using System.Text.RegularExpressions;

namespace Coordinator.IntegrationTests.Monitoring;

/// <summary>The parts of the shipped Grafana dashboard that tests need.</summary>
internal static class Dashboard
{
    /// <summary>The title and an expression of every panel, with Grafana's variables filled in.</summary>
    public static IReadOnlyList<(string Panel, string Expression)> Expressions(ComposeFile compose)
    {
        using var json = JsonDocument.Parse(compose.Dashboard);
        return
        [
            .. from panel in json.RootElement.GetProperty("panels").EnumerateArray()
               from target in panel.GetProperty("targets").EnumerateArray()
               select (panel.GetProperty("title").GetString()!, Filled(target.GetProperty("expr").GetString()!)),
        ];
    }

    private static string Filled(string expression)
    {
        var filled = expression.Replace("$__rate_interval", "20s", StringComparison.Ordinal).Replace("$table", ".*", StringComparison.Ordinal);
        Assert.False(Regex.IsMatch(filled, @"\$"), $"{expression} has a variable that Grafana would not know.");
        return filled;
    }
}
