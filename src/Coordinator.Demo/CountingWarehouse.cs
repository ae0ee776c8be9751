using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Demo;

/// <summary>Counts the silo's transactions at the warehouse, so that retries are counted too.</summary>
internal sealed class CountingWarehouse(IWarehouse inner) : IWarehouse, IAsyncDisposable
{
    private long _transactions;
    private long _conflicts;
    private long _retried;

    public string Name => inner.Name;

    public string? Trouble => inner.Trouble;

    public TransactionCounts Counts => new(Interlocked.Read(ref _transactions), Interlocked.Read(ref _conflicts), Interlocked.Read(ref _retried));

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => inner.NowAsync(cancellationToken);

    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => inner.OpenAsync(table, cancellationToken);

    public Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken) =>
        CountAsync(inner.CommitAsync(batch, cancellationToken));

    public Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken) =>
        inner.FindTablesAsync(sql, cancellationToken);

    public Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken) =>
        CountAsync(inner.ExecuteAsync(run, cancellationToken));

    public Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) =>
        inner.FindRangesAsync(table, ranges, cancellationToken);

    public Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken) => inner.LedgersAsync(cancellationToken);

    public Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken) =>
        inner.FindAsync(tables, id, cancellationToken);

    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken) =>
        inner.FindRunsAsync(tables, origin, limit, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else (inner as IDisposable)?.Dispose();
    }

    private async Task<T> CountAsync<T>(Task<T> transaction)
    {
        Interlocked.Increment(ref _transactions);
        try
        {
            return await transaction;
        }
        catch (WarehouseException e)
        {
            if (e.Kind == FailureKind.Conflict) Interlocked.Increment(ref _conflicts);
            // Every failure that is not the caller's fault is retried.
            if (e.Kind != FailureKind.Rejected) Interlocked.Increment(ref _retried);
            throw;
        }
    }
}
