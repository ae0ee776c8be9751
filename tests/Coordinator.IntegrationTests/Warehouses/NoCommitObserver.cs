using Coordinator.Core.Committing;
using Coordinator.Core.Warehouses;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>Hears nothing.</summary>
internal sealed class NoCommitObserver : ICommitObserver
{
    public void OnRetry(WarehouseException failure)
    {
    }

    public void OnGivenUp(WarehouseException failure)
    {
    }

    public void OnCommitted(long rows, TimeSpan took)
    {
    }
}
