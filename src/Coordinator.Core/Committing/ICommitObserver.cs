using Coordinator.Core.Warehouses;

namespace Coordinator.Core.Committing;

/// <summary>Told what happens on the way to COMMIT, for those who count.</summary>
public interface ICommitObserver
{
    /// <summary>A transaction failed and is tried again.</summary>
    void OnRetry(WarehouseException failure);

    /// <summary>A transaction committed.</summary>
    void OnCommitted(long rows);
}
