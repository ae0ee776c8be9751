using Coordinator.Core.Warehouses;

namespace Coordinator.Demo;

/// <summary>Counts the silo's transactions at the warehouse, so that retries are counted too.</summary>
internal sealed class CountingWarehouse(IWarehouse inner) : DelegatingWarehouse(inner)
{
    private long _transactions;
    private long _conflicts;
    private long _retried;

    public TransactionCounts Counts => new(Interlocked.Read(ref _transactions), Interlocked.Read(ref _conflicts), Interlocked.Read(ref _retried));

    public override Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken) =>
        CountAsync(base.CommitAsync(batch, cancellationToken));

    public override Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken) =>
        CountAsync(base.ExecuteAsync(run, cancellationToken));

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
