using System.Globalization;
using Coordinator.Laboratory.Evidence;

namespace Coordinator.Laboratory.Holes;

/// <summary>The results of a hole.</summary>
/// <param name="Hole">Where packets were dropped.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="DuringSeconds">From the begin of the hole until every table had a receipt by another way; null if there is none.</param>
/// <param name="AfterSeconds">From the end of the hole until every table had a receipt.</param>
/// <param name="Rows">The rows of all receipts.</param>
/// <param name="Failures">Intents that the SDK gave up or that were rejected.</param>
internal sealed record HoleReport(
    HoleKind Hole, double Seconds, double? DuringSeconds, double AfterSeconds, RowCheck Rows, IReadOnlyCollection<string> Failures)
{
    /// <summary>How soon every table must be written again.</summary>
    private const double Limit = 10;

    public IReadOnlyList<string> Problems => [.. FindProblems()];

    public IEnumerable<string> Lines()
    {
        var during = DuringSeconds is { } seconds ? $"another way after {Text(seconds)}, " : "";
        yield return $"{Hole}, {Text(Seconds)}: {during}all tables {Text(AfterSeconds)} after its end; {Rows.Acknowledged} acknowledged, "
            + $"{Rows.Lost} lost, {Rows.Doubled} doubled, {Failures.Count} failed";
        foreach (var problem in Problems) yield return "PROBLEM: " + problem;
    }

    private static string Text(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

    private IEnumerable<string> FindProblems()
    {
        if (Rows.Lost > 0) yield return $"{Rows.Lost} acknowledged rows are not there";
        if (Rows.Doubled > 0) yield return $"{Rows.Doubled} rows are there twice";
        if (DuringSeconds > Limit) yield return $"another way took {Text(DuringSeconds.Value)}";
        if (AfterSeconds > Limit) yield return $"the last table came back {Text(AfterSeconds)} after the end";
        foreach (var failure in Failures) yield return failure;
    }
}
