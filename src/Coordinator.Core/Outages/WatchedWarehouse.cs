using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Outages;

/// <summary>A warehouse whose calls tell the log of outages how they ended.</summary>
public sealed class WatchedWarehouse(IWarehouse inner, OutageLog outages) : IWarehouse, IAsyncDisposable
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public string? Trouble => inner.Trouble;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
        WatchAsync(null, inner.NowAsync(cancellationToken), static _ => []);

    /// <inheritdoc/>
    public Task<string> IdentifyAsync(CancellationToken cancellationToken) =>
        WatchAsync(null, inner.IdentifyAsync(cancellationToken), static _ => []);

    /// <inheritdoc/>
    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) =>
        WatchAsync(table, inner.OpenAsync(table, cancellationToken), static _ => []);

    /// <inheritdoc/>
    public Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var table = batch.Schema.Table;
        // Intents that are in the ledger, or rejected, write nothing.
        return WatchAsync(
            table, inner.CommitAsync(batch, cancellationToken),
            result => result.Already.Count + result.Rejected.Count < batch.Intents.Count ? [table] : []);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken) =>
        WatchAsync(null, inner.FindTablesAsync(sql, cancellationToken), static _ => []);

    /// <inheritdoc/>
    public async Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        TableName? first = run.Intent.Writes.Count > 0 ? run.Intent.Writes[0] : null;
        try
        {
            // It may run for hours, so its duration says nothing.
            var result = await inner.ExecuteAsync(run, cancellationToken).ConfigureAwait(false);
            outages.OnAnswered([.. run.Intent.Writes]);
            return result;
        }
        catch (WarehouseException failure)
        {
            outages.OnFailed(first, failure);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) =>
        WatchAsync(table, inner.FindRangesAsync(table, ranges, cancellationToken), static _ => []);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken) =>
        WatchAsync(null, inner.LedgersAsync(cancellationToken), static _ => []);

    /// <inheritdoc/>
    public Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken) =>
        WatchAsync(null, inner.FindAsync(tables, id, cancellationToken), static _ => []);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken) =>
        WatchAsync(null, inner.FindRunsAsync(tables, origin, limit, cancellationToken), static _ => []);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
        else (inner as IDisposable)?.Dispose();
    }

    private async Task<T> WatchAsync<T>(TableName? table, Task<T> call, Func<T, TableName[]> written)
    {
        var number = outages.OnBegun();
        try
        {
            var result = await call.ConfigureAwait(false);
            outages.OnAnswered(written(result));
            return result;
        }
        catch (WarehouseException failure)
        {
            outages.OnFailed(table, failure);
            throw;
        }
        finally
        {
            outages.OnEnded(number);
        }
    }
}
