using System.Text.Json.Serialization;
using Coordinator.Receipts;

namespace Coordinator.ClientHost.Inserting;

/// <summary>The answer of <c>insert</c>, as <c>--json</c> prints it. Row numbers are the file's.</summary>
internal sealed record InsertReport
{
    public required string Table { get; init; }

    /// <summary>Records read.</summary>
    public long Rows { get; init; }

    /// <summary>Intents that the file was divided into.</summary>
    public long Intents { get; init; }

    /// <summary>Intents committed by this run.</summary>
    public long Committed { get; init; }

    /// <summary>Intents that an earlier run committed.</summary>
    public long AlreadyCommitted { get; init; }

    public long RowsCommitted { get; init; }

    public long RowsAlreadyCommitted { get; init; }

    /// <summary>Rows of rejected intents, the faulty ones and their neighbours: none of them is written.</summary>
    public long RowsNotWritten { get; init; }

    /// <summary>
    /// Rows in whose place an earlier run committed others, or that stand among such rows and may be other rows: they are not written.
    /// </summary>
    public long RowsChanged { get; init; }

    /// <summary>Rows that an earlier run committed and that are no longer in the file: they stay in the table.</summary>
    public long RowsRemoved { get; init; }

    /// <summary>Where the changed rows are; cut after <see cref="InsertTally.MaxErrors"/>.</summary>
    public required IReadOnlyList<ChangedRows> Changed { get; init; }

    /// <summary>What is wrong, in the order of the file; cut after <see cref="InsertTally.MaxErrors"/>.</summary>
    public required IReadOnlyList<RowError> Rejected { get; init; }

    /// <summary>The ranges of rows that are not written because a row among them was rejected.</summary>
    public required IReadOnlyList<RowRange> NotWritten { get; init; }

    /// <summary>Where the rejected intents' records went, if asked for.</summary>
    public string? RejectedTo { get; init; }

    /// <summary>
    /// Where the records are of which it is not known whether they are committed; null if there are none or no file was asked for.
    /// </summary>
    public string? DoubtfulTo { get; init; }

    /// <summary>The end of the file, if it could not be read.</summary>
    public UnreadPart? Unread { get; init; }

    /// <summary>How the records' fates do not add up to the records of the file; null if they do, as they should.</summary>
    public string? Unaccounted { get; init; }

    public double Seconds { get; init; }

    /// <summary>True if every record of the file is committed.</summary>
    [JsonIgnore]
    public bool IsDone => RowsNotWritten == 0 && RowsChanged == 0 && Unread is null && Unaccounted is null;
}
