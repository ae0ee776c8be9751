using Coordinator.Core.Warehouses;

namespace Coordinator.Laboratory.Broken;

/// <summary>Says <i>committed</i> before COMMIT.</summary>
internal sealed class HastyWarehouse(IWarehouse inner) : DelegatingWarehouse(inner)
{
    public override async Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        var commit = Inner.CommitAsync(batch, cancellationToken);
        // What fails later is lost, and no caller hears of it.
        _ = commit.ContinueWith(static c => c.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await Task.Yield();
        return new BatchResult(TimeProvider.System.GetUtcNow(), BatchResult.None);
    }
}
