using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>A warehouse without the check of the table: it commits rows to the present table even if they were bound to another one.</summary>
internal sealed class BlindWarehouse(IWarehouse inner) : IWarehouse
{
    public string Name => inner.Name;

    public string? Trouble => inner.Trouble;

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => inner.NowAsync(cancellationToken);

    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => inner.OpenAsync(table, cancellationToken);

    public async Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        var now = await inner.OpenAsync(batch.Schema.Table, cancellationToken);
        return await inner.CommitAsync(
            batch with { Schema = new TableSchema(batch.Schema.Table, batch.Schema.Columns, now.Fingerprint) }, cancellationToken);
    }

    public Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken) =>
        inner.FindTablesAsync(sql, cancellationToken);

    public Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken) => inner.ExecuteAsync(run, cancellationToken);

    public Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) =>
        inner.FindRangesAsync(table, ranges, cancellationToken);

    public Task<IReadOnlyList<TableName>> LedgersAsync(CancellationToken cancellationToken) => inner.LedgersAsync(cancellationToken);

    public Task<FoundRange?> FindAsync(IReadOnlyList<TableName> tables, IntentId id, CancellationToken cancellationToken) =>
        inner.FindAsync(tables, id, cancellationToken);

    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(
        IReadOnlyList<TableName> tables, Guid origin, int limit, CancellationToken cancellationToken) =>
        inner.FindRunsAsync(tables, origin, limit, cancellationToken);
}
