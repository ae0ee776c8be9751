using System.Globalization;
using Coordinator.Laboratory.Cycle.Proof;

namespace Coordinator.Laboratory.Cycle;

/// <summary>The report as text.</summary>
internal static class CycleText
{
    public static IEnumerable<string> Lines(CycleReport report)
    {
        var c = report.Coordinated;
        yield return "| | inserts | runs of jobs | reads | serialization failures and deadlocks |";
        yield return "|---|---|---|---|---|";
        if (report.Uncoordinated is { } u) yield return Row("uncoordinated", u, u.InsertConflicts + u.RunConflicts + u.ReadConflicts);
        yield return Row("coordinated", c, (report.Redshift?.Violations ?? report.Conflicts.SerializationFailures) + report.Conflicts.Deadlocks);
        yield return "";
        foreach (var line in RedshiftLines(report)) yield return line;
        yield return $"rows: {Text(report.Rows.Acknowledged)} acknowledged, {Text(report.Rows.Lost)} lost, {Text(report.Rows.Doubled)} doubled; "
            + $"transactions: {Text(report.Transactions)}, {Text(report.OutsideLedger)} outside the ledger";
        yield return $"what jobs recorded of tables: {Text(report.Snapshots.AtTheirTurn)} as at their turn, {Text(report.Snapshots.AtAnother)} as "
            + $"at another, {Text(report.Snapshots.Wrong)} as never";
        yield return $"open at once: {Text(report.SharedReads)} pairs that share what they read, {Text(report.Overlaps.Count)} overlaps among "
            + $"those committed";
        yield return $"every job ran at least {Text(c.FewestRuns)} times";
        yield return Waits("updates", report.UpdateWaits);
        yield return Waits("inserts", report.InsertWaits);
        yield return $"by PostgreSQL's log: {Text(report.Conflicts.SerializationFailures)} serialization failures, "
            + $"{Text(report.Conflicts.AtFences)} of them at a fence; {Text(report.Conflicts.Deadlocks)} deadlocks";
        yield return $"by the silos: {Text(report.SiloConflicts)} conflicts and {Text(report.SiloOverlaps)} overlaps of inserts; "
            + $"{Text(report.UpdateRetries.Count)} updates tried again, {Text(report.UpdateRestarts.Count)} started again";
        foreach (var overlap in report.Overlaps) yield return "overlap: " + overlap;
        foreach (var retry in report.UpdateRetries) yield return "tried again: " + retry;
        foreach (var problem in report.Problems) yield return "PROBLEM: " + problem;
    }

    private static IEnumerable<string> RedshiftLines(CycleReport report)
    {
        if (report.Redshift is not { } redshift) yield break;
        if (report.Uncoordinated?.Increments is { } alone) yield return Counted("uncoordinated", alone);
        if (report.Coordinated.Increments is { } together) yield return Counted("coordinated", together);
        yield return $"by the simulator: {Text(redshift.UncoordinatedViolations)} errors 1023 or their like uncoordinated, "
            + $"{Text(redshift.Violations)} coordinated; of {Text(redshift.Statements)} statements {Text(redshift.Refused.Count)} refused, "
            + $"{Text(redshift.Foreign.Count)} taken that Redshift has not";
    }

    private static string Counted(string title, IncrementFigures figures) =>
        $"incremental job, {title}: of {Text(figures.Rows)} rows {Text(figures.Uncounted)} are in none of its {Text(figures.Runs)} runs, and never "
            + $"will be";

    private static string Row(string title, OperationFigures figures, long conflicts) =>
        $"| {title} | {Share(figures.Inserts, figures.InsertConflicts)} | {Share(figures.Runs, figures.RunConflicts)} | "
            + $"{Share(figures.Reads, figures.ReadConflicts)} | {Text(conflicts)} |";

    private static string Share(long committed, long conflicts) =>
        conflicts == 0
            ? $"{Text(committed)}, none failed"
            : string.Create(CultureInfo.InvariantCulture,
            $"{Text(committed)}, {conflicts:N0} failed ({100.0 * conflicts / (committed + conflicts):0.0} %)");

    private static string Waits(string what, WaitFigures waits) => string.Create(
        CultureInfo.InvariantCulture,
        $"waits of {waits.Count:N0} {what}: median {waits.MedianMilliseconds:0} ms, longest {waits.LongestMilliseconds:0} ms with turns of "
            + $"{waits.AheadMilliseconds:0} ms on its tables meanwhile; at most {waits.UnexplainedMilliseconds:0} ms of any wait without a turn "
            + $"ahead ({waits.Unexplained})");

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
