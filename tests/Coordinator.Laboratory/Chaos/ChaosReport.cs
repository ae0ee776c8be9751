using System.Globalization;
using Coordinator.Laboratory.Chaos.Broken;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos;

/// <summary>The results of a run.</summary>
internal sealed record ChaosReport
{
    private const int MostLines = 10;

    public ChaosReport(ChaosSettings settings, History history, IReadOnlyList<Finding> findings)
    {
        Seed = settings.Seed;
        Seconds = settings.Length.TotalSeconds;
        Breakage = settings.Breakage;
        Schedule = [.. settings.Schedule.Select(static p => p.ToString())];
        Findings = findings;
        Intents = history.Intents.Count;
        Acknowledged = history.Intents.Values.Count(static i => i.Acknowledged is not null);
        Answers = history.Calls.CountBy(static c => c.Answer).ToDictionary(static a => a.Key.ToString(), static a => a.Value);
        SlowestRecoverySeconds = history.Recoveries.Max(static r => r.After?.TotalSeconds) ?? 0;
        LongOutages = history.Outages.Count(static o => o.Ended - o.Began >= SilenceSeconds);
    }

    private static TimeSpan SilenceSeconds => Simulation.Histories.Checks.SilenceCheck.Shortest;

    public int Seed { get; }

    public double Seconds { get; }

    public BreakageKind? Breakage { get; }

    public IReadOnlyList<string> Schedule { get; }

    public int Intents { get; }

    public int Acknowledged { get; }

    /// <summary>How many calls had which answer.</summary>
    public IReadOnlyDictionary<string, int> Answers { get; }

    /// <summary>From the end of all causes until the last table had a receipt.</summary>
    public double SlowestRecoverySeconds { get; }

    /// <summary>Outages that were long enough to be judged by what was said about them.</summary>
    public int LongOutages { get; }

    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The header of the table of runs.</summary>
    public static IEnumerable<string> Header =>
        ["| seed | faults | intents | acknowledged | calls unknown / rejected / not written | long outages | receipts again after | findings |",
            "|---|---|---|---|---|---|---|---|"];

    /// <summary>The run's line of the table.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"| {Seed} | {Schedule.Count} | {Intents} | {Acknowledged} | "
        + $"{Count(CallAnswer.Unknown)} / {Count(CallAnswer.Rejected)} / {Count(CallAnswer.NotWritten)} | {LongOutages} | "
        + $"{SlowestRecoverySeconds:0.0} s | {Kinds()} |");

    /// <summary>What is needed to understand and replay a failed run.</summary>
    public IEnumerable<string> Details()
    {
        yield return FormattableString.Invariant($"seed {Seed}, {Seconds:0} s, schedule:");
        foreach (var line in Schedule) yield return "  " + line;
        foreach (var kind in Findings.GroupBy(static f => f.Kind))
        {
            foreach (var finding in kind.Take(MostLines)) yield return "FINDING " + finding;
            if (kind.Count() > MostLines) yield return FormattableString.Invariant($"… and {kind.Count() - MostLines} more of {kind.Key}");
        }
    }

    private int Count(CallAnswer answer) => Answers.GetValueOrDefault(answer.ToString());

    private string Kinds() =>
        Findings.Count == 0 ? "none" : string.Join(", ", Findings.CountBy(static f => f.Kind).Select(static k => $"{k.Value} {k.Key}"));
}
