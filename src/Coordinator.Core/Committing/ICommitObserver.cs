using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Committing;

/// <summary>Told what happens on the way to COMMIT, for those who count.</summary>
public interface ICommitObserver
{
    /// <summary>A transaction failed and is tried again.</summary>
    void OnRetry(WarehouseException failure);

    /// <summary>A transaction failed for the last time, though not by its rows' fault.</summary>
    void OnGivenUp(WarehouseException failure);

    /// <summary>A transaction committed.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="took">How long it took, from its first statement to the answer to COMMIT.</param>
    void OnCommitted(long rows, TimeSpan took);
}
