using System.Text.Json.Serialization;
using Coordinator.Receipts;

namespace Coordinator.Files.Reports;

/// <summary>The answer of <c>insert</c>, as <c>--json</c> prints it. Row numbers are those of the file.</summary>
public sealed record InsertReport
{
    public required string Table { get; init; }

    /// <summary>Records read.</summary>
    public long Rows { get; init; }

    /// <summary>Intents that the file was split into.</summary>
    public long Intents { get; init; }

    /// <summary>Intents committed by this run.</summary>
    public long Committed { get; init; }

    /// <summary>Intents that an earlier run committed.</summary>
    public long AlreadyCommitted { get; init; }

    public long RowsCommitted { get; init; }

    public long RowsAlreadyCommitted { get; init; }

    /// <summary>Rows of rejected intents, including the valid ones: none of them is written.</summary>
    public long RowsNotWritten { get; init; }

    /// <summary>Rows that are not written because an earlier run committed other rows in their place, or may have.</summary>
    public long RowsChanged { get; init; }

    /// <summary>Rows that an earlier run committed and that are no longer in the file. They stay in the table.</summary>
    public long RowsRemoved { get; init; }

    /// <summary>The positions of the changed rows; cut after a thousand.</summary>
    public required IReadOnlyList<ChangedRows> Changed { get; init; }

    /// <summary>The errors, in the order of the file; cut after a thousand.</summary>
    public required IReadOnlyList<RowError> Rejected { get; init; }

    /// <summary>The ranges of rows that are not written because a row among them was rejected.</summary>
    public required IReadOnlyList<RowRange> NotWritten { get; init; }

    /// <summary>The file with the records of rejected intents, if requested.</summary>
    public string? RejectedTo { get; init; }

    /// <summary>The file with the records whose outcome is unknown; null if there are none or no file was requested.</summary>
    public string? DoubtfulTo { get; init; }

    /// <summary>The end of the file, if it could not be read.</summary>
    public UnreadPart? Unread { get; init; }

    /// <summary>The difference between the outcomes and the records of the file; null, as expected, if there is none.</summary>
    public string? Unaccounted { get; init; }

    public double Seconds { get; init; }

    /// <summary>True if every record of the file is committed.</summary>
    [JsonIgnore]
    public bool IsDone => RowsNotWritten == 0 && RowsChanged == 0 && Unread is null && Unaccounted is null;
}
