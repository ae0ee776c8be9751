using Coordinator.Receipts;
using Coordinator.Rows;

namespace Coordinator.ClientHost.Rows;

/// <summary>
/// Consecutive records of a file: what becomes one intent. Row numbers are the file's: lines, or positions in a JSON array; from 1 up.
/// </summary>
/// <param name="number">The chunk's number in the file, from 0 up.</param>
/// <param name="first">The ordinal of the first record in the file, from 1 up.</param>
internal abstract class RecordChunk(long number, long first) : IDisposable
{
    /// <summary>The most errors that are listed for one chunk.</summary>
    protected const int MaxErrors = 100;

    private readonly List<RowError> _errors = [];

    /// <summary>What follows another chunk.</summary>
    protected RecordChunk(RecordChunk previous)
        : this(previous.Number + 1, previous.First + previous.Rows.Count)
    {
    }

    /// <summary>The chunk's number in the file, from 0 up.</summary>
    public long Number { get; } = number;

    /// <summary>The ordinal of the first record, from 1 up: blank lines do not count.</summary>
    public long First { get; } = first;

    /// <summary>The file's numbers of the records.</summary>
    public List<long> Rows { get; } = [];

    /// <summary>Bytes of the records' text.</summary>
    public long SourceBytes { get; protected set; }

    /// <summary>What is wrong with the records' text, at most a hundred.</summary>
    public IReadOnlyList<RowError> Errors => _errors;

    /// <summary>Why nothing after this chunk could be read; null if there is no more or more follows. A chunk that has it has no records.</summary>
    public ReadBreak? Stopped { get; protected init; }

    /// <summary>The records as rows, or null if <see cref="Errors"/> says why not. To be called once.</summary>
    public abstract RowBlock? Encode();

    /// <summary>The records' text, one by one.</summary>
    public abstract IEnumerable<RecordPlace> Source();

    /// <summary>
    /// An error of a receipt, whose rows count within the intent, with the file's number. What concerns the whole intent stands at its first row and
    /// names its rows.
    /// </summary>
    public RowError InFile(RowError error)
    {
        if (error.Row > 0) return error with { Row = Rows[(int)error.Row - 1] };
        return Rows.Count == 1
            ? error with { Row = Rows[0] }
            : error with { Row = Rows[0], Reason = $"Rows {Rows[0]} to {Rows[^1]}: {error.Reason}" };
    }

    /// <summary>Takes note of an error.</summary>
    public void AddError(long row, string column, string reason)
    {
        if (_errors.Count < MaxErrors) _errors.Add(new RowError(row, column, reason));
    }

    /// <summary>Gives borrowed memory back.</summary>
    public virtual void Dispose()
    {
    }
}
