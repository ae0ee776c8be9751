using Coordinator.Files.Reports;

namespace Coordinator.ClientHost.Commands;

/// <summary>An <see cref="InsertReport"/> as text.</summary>
internal static class InsertText
{
    private const int MaxLines = 20;

    public static IEnumerable<string> Lines(InsertReport report)
    {
        if (report.Rows == 0)
            yield return report.Unread is null ? $"{report.Table}: the file holds no rows." : $"{report.Table}: no row of the file could be read.";
        else if (report.RowsAlreadyCommitted == report.Rows)
            yield return $"{report.Table}: nothing to do, all {report.Rows} rows are committed already. --again inserts them once more.";
        else
            yield return $"{report.Table}: {Count(report.RowsCommitted, "row")} committed in {Count(report.Committed, "intent")}, "
                + $"{Duration(report)}.";

        if (report.RowsAlreadyCommitted > 0 && report.RowsAlreadyCommitted < report.Rows)
            yield return $"{Count(report.RowsAlreadyCommitted, "row")} in {Count(report.AlreadyCommitted, "intent")} "
                + $"{(report.RowsAlreadyCommitted == 1 ? "was" : "were")} committed already by an earlier run.";
        if (report.RowsRemoved > 0)
            yield return $"{report.RowsRemoved} rows that an earlier run committed are no longer in the file, or stand elsewhere in it. "
                + "They stay in the table; one that stands elsewhere was inserted once more.";
        foreach (var line in Changed(report)) yield return line;
        foreach (var line in NotWritten(report)) yield return line;
        foreach (var line in Unread(report)) yield return line;
        if (report.Unaccounted is { } unaccounted)
            yield return $"THE COUNTS DO NOT MATCH: {unaccounted} Compare the table with the file before anything else.";
    }

    private static string Count(long number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string Duration(InsertReport report) =>
        $"{report.Seconds:0.0} s ({report.RowsCommitted / Math.Max(report.Seconds, 0.001):0} rows/s)";

    private static IEnumerable<string> Changed(InsertReport report)
    {
        if (report.RowsChanged == 0) yield break;
        yield return $"{report.RowsChanged} rows are NOT written: they, or rows beside them, changed after an earlier run committed them. "
            + "The table keeps what was committed.";
        foreach (var rows in report.Changed.Take(MaxLines))
        {
            if (!rows.IsExact)
                yield return $"  rows {rows.First} to {rows.Last} ({rows.Rows}) are not what was committed together: "
                    + "several were changed, removed or added, and which ones is not known";
            else
                yield return rows.Rows == 1
                    ? $"  row {rows.First} was committed with other content"
                    : $"  rows {rows.First} to {rows.Last} ({rows.Rows}) were committed with other content";
        }

        if (report.Changed.Count > MaxLines) yield return $"  and {report.Changed.Count - MaxLines} more ranges; --json lists them";
        yield return report.RejectedTo is { } path && report.Changed.Any(static c => c.IsExact)
            ? $"Rows that are certain to have changed are in {path}. Insert that file to add them; --again inserts the whole file once more."
            : "To add changed rows, insert them from a file of their own; --again inserts the whole file once more.";
        if (report.DoubtfulTo is { } doubtful)
            yield return $"Rows of which it is not known are in {doubtful}. "
                + "Compare them with the table, and insert from a file of their own what it lacks.";
    }

    private static IEnumerable<string> NotWritten(InsertReport report)
    {
        if (report.RowsNotWritten == 0) yield break;
        yield return $"{report.RowsNotWritten} rows are NOT written: "
            + $"an intent is written whole or not at all, and {report.NotWritten.Count} had a faulty row.";
        foreach (var range in report.NotWritten.Take(MaxLines)) yield return $"  rows {range.First} to {range.Last} ({range.Rows})";
        if (report.NotWritten.Count > MaxLines) yield return $"  and {report.NotWritten.Count - MaxLines} more ranges";
        yield return "What is wrong:";
        foreach (var error in report.Rejected.Take(MaxLines)) yield return $"  {error}";
        if (report.Rejected.Count > MaxLines) yield return $"  and {report.Rejected.Count - MaxLines} more; --json lists them";
        yield return report.RejectedTo is { } path
            ? $"Their records are in {path}: mend and insert that file."
            : "--rejected-to FILE writes their records to a file, to mend and insert alone.";
    }

    private static IEnumerable<string> Unread(InsertReport report)
    {
        if (report.Unread is not { } unread) yield break;
        var place = $"line {unread.Line}, byte {unread.Byte}; {unread.Bytes} bytes";
        yield return $"The file is NOT read from row {unread.FromRow} on ({place}): {unread.Reason}";
        yield return unread.SavedTo is { } path
            ? $"These bytes are in {path}, as they are. Mend the file there and run the same command again."
            : "Mend the file there and run the same command again; --rejected-to FILE copies these bytes to FILE.unread.";
    }
}
