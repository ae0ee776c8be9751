namespace Coordinator.ClientHost.Inserting;

/// <summary>An <see cref="InsertReport"/> in words.</summary>
internal static class InsertText
{
    private const int MaxLines = 20;

    public static IEnumerable<string> Lines(InsertReport report)
    {
        if (report.Rows == 0) yield return $"{report.Table}: the file holds no rows.";
        else if (report.AlreadyCommitted == report.Intents) yield return $"{report.Table}: nothing to do, all {report.Rows} rows are committed already. --again inserts them once more.";
        else yield return $"{report.Table}: {report.RowsCommitted} rows committed in {report.Committed} intents, {report.Seconds:0.0} s ({report.RowsCommitted / Math.Max(report.Seconds, 0.001):0} rows/s).";

        if (report.RowsAlreadyCommitted > 0 && report.AlreadyCommitted < report.Intents)
            yield return $"{report.RowsAlreadyCommitted} rows in {report.AlreadyCommitted} intents were committed already by an earlier run.";
        if (report.RowsNotWritten == 0) yield break;

        yield return $"{report.RowsNotWritten} rows are NOT written: an intent is written whole or not at all, and {report.NotWritten.Count} had a faulty row.";
        foreach (var range in report.NotWritten.Take(MaxLines)) yield return $"  rows {range.First} to {range.Last} ({range.Rows})";
        if (report.NotWritten.Count > MaxLines) yield return $"  and {report.NotWritten.Count - MaxLines} more ranges";
        yield return "What is wrong:";
        foreach (var error in report.Rejected.Take(MaxLines)) yield return $"  {error}";
        if (report.Rejected.Count > MaxLines) yield return $"  and {report.Rejected.Count - MaxLines} more; --json lists them";
        yield return report.RejectedTo is { } path
            ? $"Their records are in {path}: mend and insert that file."
            : "--rejected-to FILE writes their records to a file, to mend and insert alone.";
    }
}
