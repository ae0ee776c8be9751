using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.Files.Records;

/// <summary>Consecutive records of a file, which become one intent. Row numbers are those of the file: lines, or positions in a JSON array, from
/// 1.</summary>
/// <param name="number">The chunk's number in the file, from 0.</param>
/// <param name="first">The ordinal of the first record in the file, from 1.</param>
internal abstract class RecordChunk(long number, long first) : IDisposable
{
    /// <summary>The maximum number of errors listed for one chunk.</summary>
    protected const int MaxErrors = 100;

    private readonly List<RowError> _errors = [];

    /// <summary>Makes the next chunk.</summary>
    protected RecordChunk(RecordChunk previous)
        : this(previous.Number + 1, previous.First + previous.Rows.Count)
    {
    }

    /// <summary>The chunk's number in the file, from 0.</summary>
    public long Number { get; } = number;

    /// <summary>The ordinal of the first record, from 1. Blank lines do not count.</summary>
    public long First { get; } = first;

    /// <summary>The row numbers of the records in the file.</summary>
    public List<long> Rows { get; } = [];

    /// <summary>Bytes of the records' text.</summary>
    public long SourceBytes { get; protected set; }

    /// <summary>The errors in the records' text, at most a hundred.</summary>
    public IReadOnlyList<RowError> Errors => _errors;

    /// <summary>Why nothing after this chunk could be read; null at a normal end or if more follows. A chunk with this value has no
    /// records.</summary>
    public ReadBreak? Stopped { get; protected init; }

    /// <summary>The records as rows, or null if there are <see cref="Errors"/>. Call it once.</summary>
    public abstract RowBlock? Encode();

    /// <summary>The records' text, one by one.</summary>
    public abstract IEnumerable<RecordPlace> Source();

    /// <summary>Converts an error of a receipt, whose rows count within the intent, to the file's row numbers. An error of the whole intent is
    /// placed at its first row and names its rows.</summary>
    public RowError InFile(RowError error)
    {
        if (error.Row > 0) return error with { Row = Rows[(int)error.Row - 1] };
        return Rows.Count == 1
            ? error with { Row = Rows[0] }
            : error with { Row = Rows[0], Reason = $"Rows {Rows[0]} to {Rows[^1]}: {error.Reason}" };
    }

    /// <summary>Adds an error.</summary>
    public void AddError(long row, string column, string reason)
    {
        if (_errors.Count < MaxErrors) _errors.Add(new RowError(row, column, reason));
    }

    /// <summary>Returns rented memory.</summary>
    public virtual void Dispose()
    {
    }
}
