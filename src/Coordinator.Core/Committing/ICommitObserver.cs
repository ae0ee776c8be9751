using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Committing;

/// <summary>Receives the events on the way to COMMIT.</summary>
public interface ICommitObserver
{
    /// <summary>A transaction failed and is retried.</summary>
    void OnRetry(WarehouseException failure);

    /// <summary>A transaction failed finally, for a reason other than its rows.</summary>
    void OnGivenUp(WarehouseException failure);

    /// <summary>A transaction committed.</summary>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="took">The time from its first statement to the answer to COMMIT.</param>
    void OnCommitted(long rows, TimeSpan took);
}
