using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.Committing;

/// <summary>A warehouse with scripted answers.</summary>
internal sealed class FakeWarehouse(Func<InsertBatch, BatchResult> commit) : IWarehouse
{
    public List<InsertBatch> Batches { get; } = [];

    public string Name => "fake";

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Batches.Add(batch);
        return commit(batch);
    }

    public Task<IReadOnlyList<StatementTables>> FindTablesAsync(string sql, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The ranges of the ledger.</summary>
    public List<KnownRange> Known { get; } = [];

    public Task<IReadOnlyList<KnownRange>> FindRangesAsync(
        TableName table, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<KnownRange>>(
            [.. Known.Where(k => ranges.Any(r => r.Origin == k.Range.Origin && r.First <= k.Range.Last && k.Range.First <= r.Last))]);

    public Task<LedgerRecord?> FindAsync(IntentId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<LedgerRun>> FindRunsAsync(Guid origin, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
