using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Laboratory.Broken;

/// <summary>A warehouse that passes every call on; what derives from it breaks one.</summary>
internal abstract class BrokenWarehouse(IWarehouse inner) : IWarehouse
{
    public string Name => inner.Name;

    public string? Trouble => inner.Trouble;

    protected IWarehouse Inner => inner;

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => inner.NowAsync(cancellationToken);

    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => inner.OpenAsync(table, cancellationToken);

    public abstract Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken);

    public Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken) =>
        inner.FindTablesAsync(sql, cancellationToken);

    public Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken) => inner.ExecuteAsync(run, cancellationToken);

    public virtual Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) =>
        inner.FindRangesAsync(table, ranges, cancellationToken);

    public Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken) => inner.LedgersAsync(cancellationToken);

    public Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken) =>
        inner.FindAsync(tables, id, cancellationToken);

    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken) =>
        inner.FindRunsAsync(tables, origin, limit, cancellationToken);
}
