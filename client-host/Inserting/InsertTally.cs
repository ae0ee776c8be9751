using Coordinator.ClientHost.Rows;
using Coordinator.Receipts;

namespace Coordinator.ClientHost.Inserting;

/// <summary>Counts what became of a file's chunks, from whichever thread learns it.</summary>
internal sealed class InsertTally
{
    /// <summary>The most errors and ranges that a report lists.</summary>
    public const int MaxErrors = 1000;

    private readonly Lock _lock = new();
    private readonly List<RowError> _errors = [];
    private readonly List<RowRange> _notWritten = [];
    private InsertReport _report = new() { Table = "", Rejected = [], NotWritten = [] };

    /// <summary>Rows whose fate is known.</summary>
    public long RowsDone
    {
        get
        {
            lock (_lock) return _report.RowsCommitted + _report.RowsAlreadyCommitted + _report.RowsNotWritten;
        }
    }

    public void Committed(RecordChunk chunk, WriteReceipt receipt)
    {
        lock (_lock)
        {
            var isNew = receipt.Status == WriteStatus.Committed;
            _report = _report with
            {
                Rows = _report.Rows + chunk.Rows.Count,
                Intents = _report.Intents + 1,
                Committed = _report.Committed + (isNew ? 1 : 0),
                AlreadyCommitted = _report.AlreadyCommitted + (isNew ? 0 : 1),
                RowsCommitted = _report.RowsCommitted + (isNew ? chunk.Rows.Count : 0),
                RowsAlreadyCommitted = _report.RowsAlreadyCommitted + (isNew ? 0 : chunk.Rows.Count),
            };
        }
    }

    public void Rejected(RecordChunk chunk, IReadOnlyList<RowError> errors)
    {
        lock (_lock)
        {
            _report = _report with
            {
                Rows = _report.Rows + chunk.Rows.Count,
                Intents = _report.Intents + 1,
                RowsNotWritten = _report.RowsNotWritten + chunk.Rows.Count,
            };
            _errors.AddRange(errors.Take(MaxErrors - _errors.Count));
            if (_notWritten.Count < MaxErrors) _notWritten.Add(new RowRange(chunk.Rows[0], chunk.Rows[^1], chunk.Rows.Count));
        }
    }

    public void Unread(UnreadPart part)
    {
        lock (_lock)
        {
            _report = _report with { Unread = part };
            _errors.Add(new RowError(part.FromRow, "", part.Reason));
        }
    }

    public InsertReport Report(string table, string? rejectedTo, TimeSpan took)
    {
        lock (_lock)
        {
            return _report with
            {
                Table = table,
                Rejected = [.. _errors.OrderBy(static e => e.Row)],
                NotWritten = [.. _notWritten.OrderBy(static r => r.First)],
                RejectedTo = rejectedTo,
                Seconds = Math.Round(took.TotalSeconds, 3),
            };
        }
    }
}
