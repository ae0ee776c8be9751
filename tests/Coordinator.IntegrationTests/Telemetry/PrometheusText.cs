using System.Globalization;
using System.Text.RegularExpressions;

namespace Coordinator.IntegrationTests.Telemetry;

/// <summary>Parses Prometheus' text format. An unknown line is an error.</summary>
internal sealed partial class PrometheusText
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The names of the metrics; for histograms the name without <c>_bucket</c>, <c>_sum</c>, <c>_count</c>.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>A sample by name and labels. The labels are sorted by name.</summary>
    public double this[string sample] => _samples.TryGetValue(sample, out var value)
        ? value
        : throw new KeyNotFoundException($"No {sample} among:\n{string.Join('\n', _samples.Keys)}");

    public bool Has(string sample) => _samples.ContainsKey(sample);

    public static PrometheusText Parse(string text)
    {
        var parsed = new PrometheusText();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) parsed._names.Add(line.Split(' ')[2]);
            if (line.StartsWith('#')) continue;
            var sample = Sample().Match(line);
            if (!sample.Success) throw new FormatException($"'{line}' is no sample.");
            var labels = Label().Matches(sample.Groups["labels"].Value).Select(static l => l.Value).Order(StringComparer.Ordinal).ToList();
            var name = sample.Groups["name"].Value + (labels.Count == 0 ? "" : $"{{{string.Join(',', labels)}}}");
            parsed._samples.Add(name,
                double.Parse(sample.Groups["value"].Value.Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture));
        }

        return parsed;
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)*)\})? (?<value>[^ ]+)( [0-9]+)?$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Sample();

    [GeneratedRegex("""[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*["]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();
}
