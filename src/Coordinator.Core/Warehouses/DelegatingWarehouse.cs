using Coordinator.Core.Ledger;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Warehouses;

/// <summary>A warehouse that passes every call on. What derives from it changes some of them. It disposes of what it stands before.</summary>
public abstract class DelegatingWarehouse(IWarehouse inner) : IWarehouse, IAsyncDisposable
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public string? Trouble => inner.Trouble;

    /// <summary>The warehouse that answers.</summary>
    protected IWarehouse Inner => inner;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => inner.NowAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual Task<string> IdentifyAsync(CancellationToken cancellationToken) => inner.IdentifyAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => inner.OpenAsync(table, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken) =>
        inner.CommitAsync(batch, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken) =>
        inner.FindTablesAsync(sql, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken) => inner.ExecuteAsync(run, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) =>
        inner.FindRangesAsync(table, ranges, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken) => inner.LedgersAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken) =>
        inner.FindAsync(tables, id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken) =>
        inner.FindRunsAsync(tables, origin, limit, cancellationToken);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (inner is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
        else (inner as IDisposable)?.Dispose();
    }
}
