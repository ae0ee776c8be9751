using System.Globalization;
using Coordinator.Laboratory.Soak.Callers;
using Coordinator.Laboratory.Soak.Sampling;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Soak;

/// <summary>The results of a run.</summary>
/// <param name="Seconds">How long the load lasted.</param>
/// <param name="Cpu">The share of the machine's processor time that its processes took after the first quarter.</param>
/// <param name="Callers">What the callers did.</param>
/// <param name="Figures">The judgement of every figure.</param>
/// <param name="Findings">What is wrong with the values.</param>
internal sealed record SoakReport(
    double Seconds, double Cpu, CallersProgress Callers, IReadOnlyList<SoakFigure> Figures, IReadOnlyList<Finding> Findings)
{
    private const int MostLines = 20;

    /// <summary>True if nothing grows.</summary>
    public bool IsFlat => Figures.Count > 0 && !Figures.Any(static f => f.IsLeak);

    /// <summary>True if every word to a caller is true, and nothing happened that should not.</summary>
    public bool IsCorrect => Findings.Count == 0 && Callers.Troubles.Count == 0;

    /// <summary>The results for people.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "| process | figure | 2nd quarter | 3rd | last | more | allowed | verdict |";
        yield return "|---|---|---|---|---|---|---|---|";
        foreach (var figure in Figures) yield return Line(figure);
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"{Seconds:0} s at {Cpu:P0} of the processors: {Callers.Calls:N0} calls, of which "
            + $"{string.Join(", ", Callers.Answers.Select(static a => $"{a.Value:N0} {a.Key}"))}");
        yield return "everyday events: " + string.Join(", ", Callers.Happened.Select(static h => $"{h.Value:N0} {h.Key}"));
        foreach (var finding in Findings.Take(MostLines)) yield return "FINDING " + finding;
        foreach (var (trouble, times) in Callers.Troubles.CountBy(static t => t).Take(MostLines)) yield return $"TROUBLE, {times} times: {trouble}";
        yield return $"{(IsFlat ? "flat" : "NOT FLAT")}, {(IsCorrect ? "every acknowledged row is there once with its values" : "NOT CORRECT")}";
    }

    private static string Line(SoakFigure figure)
    {
        var trend = figure.Trend;
        return $"| {figure.Process} | {Measures.Name(figure.Measure)} | {Text(trend.Second)} | {Text(trend.Third)} | {Text(trend.Last)} | "
            + $"{Text(trend.Growth)} | {Text(trend.Allowed)} | {figure.Verdict} |";

        string Text(double value) => Measures.Text(figure.Measure, value);
    }
}
