namespace Coordinator.Core.Warehouses;

/// <summary>The last check before COMMIT: false means that the turn is no longer certain, and the transaction must roll back.</summary>
public delegate ValueTask<bool> CommitCheck(CancellationToken cancellationToken);
