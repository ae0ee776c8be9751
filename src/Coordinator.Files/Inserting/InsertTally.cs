using Coordinator.Files.Lineages;
using Coordinator.Files.Records;
using Coordinator.Files.Reports;
using Coordinator.Receipts;

namespace Coordinator.Files.Inserting;

/// <summary>Counts the outcomes of a file's chunks. Thread-safe.</summary>
internal sealed class InsertTally
{
    /// <summary>The maximum number of errors and ranges in a report.</summary>
    public const int MaxErrors = 1000;

    private readonly Lock _lock = new();
    private readonly List<RowError> _errors = [];
    private readonly List<RowRange> _notWritten = [];
    private readonly List<ChangedRows> _changed = [];
    private InsertReport _report = new() { Table = "", Rejected = [], NotWritten = [], Changed = [] };

    /// <summary>Rows with a known outcome.</summary>
    public long RowsDone
    {
        get
        {
            lock (_lock) return _report.RowsCommitted + _report.RowsAlreadyCommitted + _report.RowsNotWritten + _report.RowsChanged;
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

    /// <summary>Adds records that need not be sent. The plan counts their intents.</summary>
    public void Known(RecordChunk chunk)
    {
        var rows = chunk.Rows.Count;
        lock (_lock) _report = _report with { Rows = _report.Rows + rows, RowsAlreadyCommitted = _report.RowsAlreadyCommitted + rows };
    }

    /// <summary>Adds records that must not be sent.</summary>
    public void Changed(RecordChunk chunk, bool isExact)
    {
        lock (_lock)
        {
            _report = _report with { Rows = _report.Rows + chunk.Rows.Count, RowsChanged = _report.RowsChanged + chunk.Rows.Count };
            if (_changed.Count < MaxErrors) _changed.Add(new ChangedRows(chunk.Rows[0], chunk.Rows[^1], chunk.Rows.Count, isExact));
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

    /// <summary>The complete report.</summary>
    /// <param name="table">The table.</param>
    /// <param name="plan">The plan of the run.</param>
    /// <param name="rejectedTo">The file of rejected records.</param>
    /// <param name="took">The duration of the run.</param>
    public InsertReport Report(string table, InsertPlan plan, string? rejectedTo, TimeSpan took)
    {
        lock (_lock)
        {
            return _report with
            {
                Table = table,
                Intents = _report.Intents + plan.IntentsCommitted,
                AlreadyCommitted = _report.AlreadyCommitted + plan.IntentsCommitted,
                RowsRemoved = plan.RecordsRemoved,
                Changed = [.. _changed.OrderBy(static c => c.First)],
                Rejected = [.. _errors.OrderBy(static e => e.Row)],
                NotWritten = [.. _notWritten.OrderBy(static r => r.First)],
                RejectedTo = rejectedTo,
                Seconds = Math.Round(took.TotalSeconds, 3),
            };
        }
    }
}
