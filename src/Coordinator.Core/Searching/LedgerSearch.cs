using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Core.Searching;

/// <summary>Searches the ledgers of all tables for an intent, or for the latest intents of an origin. An origin that tells its table
/// (<see cref="TableOrigin"/>) is looked up in that table's ledger alone; any other search opens every ledger, some at a time.</summary>
/// <param name="warehouse">The warehouse with the ledgers.</param>
public sealed class LedgerSearch(IWarehouse warehouse)
{
    /// <summary>A statement locks every ledger that it names until it ends, and PostgreSQL has memory for some thousand locks.</summary>
    private const int LedgersAtOnce = 100;

    private volatile ILookup<uint, TableName> _tables = Array.Empty<TableName>().ToLookup(static _ => 0u);

    /// <summary>Finds an intent; null if no ledger has it.</summary>
    /// <exception cref="WarehouseException">The warehouse does not answer.</exception>
    public async Task<LedgerRecord?> FindAsync(IntentId id, CancellationToken cancellationToken)
    {
        var mark = TableOrigin.MarkOf(id.Origin);
        if (mark is { } known && await FindInAsync(_tables[known], id, cancellationToken).ConfigureAwait(false) is { } record) return record;

        // A table that was not listed yet can have the mark too.
        var all = await warehouse.LedgersAsync(cancellationToken).ConfigureAwait(false);
        _tables = all.ToLookup(static table => TableOrigin.MarkOf(table));
        if (mark is { } listed && _tables.Contains(listed))
            return await FindInAsync(_tables[listed], id, cancellationToken).ConfigureAwait(false);

        foreach (var some in all.Chunk(LedgersAtOnce))
        {
            var found = await warehouse.FindAsync(some, id, cancellationToken).ConfigureAwait(false);
            if (found is not null) return RecordOf(id, found.Table, found.Known);
        }

        return null;
    }

    /// <summary>The latest rows of an origin, newest first, with an update of several tables once: the ticks of a job.</summary>
    /// <exception cref="WarehouseException">The warehouse does not answer.</exception>
    public async Task<IReadOnlyList<LedgerRun>> FindRunsAsync(Guid origin, int limit, CancellationToken cancellationToken)
    {
        var runs = new List<LedgerRun>();
        foreach (var some in (await warehouse.LedgersAsync(cancellationToken).ConfigureAwait(false)).Chunk(LedgersAtOnce))
            runs.AddRange(await warehouse.FindRunsAsync(some, origin, limit, cancellationToken).ConfigureAwait(false));
        return [.. runs.OrderByDescending(static run => run.Range.Last).DistinctBy(static run => run.Range.Last).Take(limit)];
    }

    private async Task<LedgerRecord?> FindInAsync(IEnumerable<TableName> tables, IntentId id, CancellationToken cancellationToken)
    {
        IReadOnlyList<SequenceRange> asked = [new(id.Origin, id.Sequence, id.Sequence, 0)];
        foreach (var table in tables)
        {
            var found = await warehouse.FindRangesAsync(table, asked, cancellationToken).ConfigureAwait(false);
            if (found.FirstOrDefault(known => known.Has(id)) is { } known) return RecordOf(id, table, known);
        }

        return null;
    }

    private static LedgerRecord RecordOf(IntentId id, TableName table, KnownRange known)
    {
        var receipt = new WriteReceipt
        {
            Id = id,
            Status = WriteStatus.AlreadyCommitted,
            // A range of several intents has only the sum of their rows.
            Rows = known.Range.First == known.Range.Last ? known.Range.Rows : 0,
            BatchId = known.Entry.BatchId,
            CommittedAt = known.Entry.CommittedAt,
        };
        return new LedgerRecord(table, receipt) { First = id with { Sequence = known.Range.First } };
    }
}
