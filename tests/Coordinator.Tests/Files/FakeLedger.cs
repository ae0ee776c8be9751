using Coordinator.Client;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.Tests.Files;

/// <summary>A table with its ledger, as the silo keeps both: an id is written once, other content under it is refused, and anchors lead to the
/// earlier lineage.</summary>
internal sealed class FakeLedger : ICoordinatorClient
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Origin, long First), CommittedRange> _ranges = [];

    /// <summary>The rows of the table, each as the text of its column <c>n</c>.</summary>
    public List<string> Table { get; } = [];

    /// <summary>The ids that were sent.</summary>
    public List<IntentId> Sent { get; } = [];

    /// <summary>Rows that are refused, by the text of their column <c>n</c>.</summary>
    public Func<string, bool> Refuses { get; set; } = static _ => false;

    /// <summary>The number of inserts after which the client stops. Inserts under way at that time may be written.</summary>
    public int DiesAfter { get; set; } = int.MaxValue;

    /// <summary>Drops everything in the ledger but ids and rows, as earlier versions did.</summary>
    public bool KeepsIdsAlone { get; set; }

    public Task<WriteReceipt> InsertAsync(TableName table, RowBlock rows, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Sent.Count >= DiesAfter) throw new Errors.SiloUnavailableException("killed");
            var id = options!.Id!.Value;
            Sent.Add(id);
            if (_ranges.TryGetValue((id.Origin, id.Sequence), out var known))
            {
                return Task.FromResult(options.ContentHash is { } content && known.Content != Guid.Empty && known.Content != content
                    ? WriteReceipt.Rejected(id, RowError.OfIntent("committed with other content"))
                    : new WriteReceipt { Id = id, Status = WriteStatus.AlreadyCommitted, Rows = known.Rows });
            }

            var values = rows.Column(rows.Schema.IndexOf("n"));
            for (var i = 0; i < rows.RowCount; i++)
            {
                if (Refuses(values.Text(i))) return Task.FromResult(WriteReceipt.Rejected(id, new RowError(i + 1, "n", "does not fit")));
            }

            for (var i = 0; i < rows.RowCount; i++) Table.Add(values.Text(i));
            var hash = KeepsIdsAlone ? Guid.Empty : options.ContentHash ?? ContentHash.Of(rows);
            Record(new CommittedRange(id.Origin, id.Sequence, id.Sequence, rows.RowCount, hash, default));
            foreach (var anchor in KeepsIdsAlone ? [] : options.Anchors)
                Record(new CommittedRange(anchor, IntentRange.AnchorSequence, IntentRange.AnchorSequence, 0, id.Origin, default));
            return Task.FromResult(new WriteReceipt { Id = id, Status = WriteStatus.Committed, Rows = rows.RowCount });
        }
    }

    public Task<IReadOnlyList<CommittedRange>> FindRangesAsync(
        TableName table, IReadOnlyList<IntentRange> ranges, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CommittedRange>>(
                [.. _ranges.Values.Where(known => ranges.Any(r => r.Origin == known.Origin && known.First <= r.Last && known.Last >= r.First))]);
        }
    }

    public Task<WriteReceipt> InsertAsync<T>(
        TableName table, IEnumerable<T> rows, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<WriteReceipt> UpdateAsync(UpdateRequest update, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<FoundIntent?> FindAsync(IntentId id, TableName? table = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<JobRun>> FindJobRunsAsync(string job, int limit = 50, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public BulkWriter<T> CreateBulkWriter<T>(TableName table, BulkWriterOptions? options = null) => throw new NotSupportedException();

    private void Record(CommittedRange range) => _ranges.TryAdd((range.Origin, range.First), range);
}
