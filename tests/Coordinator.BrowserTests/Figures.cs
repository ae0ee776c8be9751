using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Coordinator.BrowserTests;

/// <summary>The figures of a table in one place, such as a page or a ledger; null where that place does not have the figure.</summary>
internal sealed record Figures
{
    public required long Intents { get; init; }

    public required long Rows { get; init; }

    public long? Batches { get; init; }

    public long? Conflicts { get; init; }

    public long? Overlaps { get; init; }

    public long? AlreadyCommitted { get; init; }

    public long? Rejected { get; init; }

    /// <summary>Reads a response of <c>/api/contention</c> or <c>top --json</c>.</summary>
    public static Figures OfJson(string json, string table)
    {
        using var answer = JsonDocument.Parse(json);
        var figures = answer.RootElement.GetProperty("tables").EnumerateArray().Single(t => t.GetProperty("table").GetString() == table);
        long Count(string name) => figures.GetProperty(name).GetInt64();
        return new()
        {
            Intents = Count("intents"),
            Rows = Count("rows"),
            Batches = Count("batches"),
            Conflicts = Count("conflicts"),
            Overlaps = Count("overlaps"),
            AlreadyCommitted = Count("alreadyCommitted"),
            Rejected = Count("rejected"),
        };
    }

    /// <summary>Reads a response of <c>/metrics</c>.</summary>
    public static Figures OfMetrics(string text, string table)
    {
        long Count(string name, string labels = "")
        {
            var series = Regex.Match(text, $"^coordinator_table_{name}_total{{(?=[^}}]*table=\"{Regex.Escape(table)}\")(?=[^}}]*{labels})[^}}]*}} "
                + $"(\\S+)", RegexOptions.Multiline);
            Assert.True(series.Success, $"{name} {labels} is in /metrics");
            return (long)double.Parse(series.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        return new()
        {
            Intents = Count("intents", "outcome=\"committed\""),
            Rows = Count("rows"),
            Batches = Count("batches"),
            Conflicts = Count("conflicts"),
            Overlaps = Count("overlaps"),
            AlreadyCommitted = Count("intents", "outcome=\"already_committed\""),
            Rejected = Count("intents", "outcome=\"rejected\""),
        };
    }
}
