namespace Coordinator.Core.Warehouses;

/// <summary>Asked last before COMMIT, at the latest: false means that the turn is no longer certain, so roll back.</summary>
public delegate ValueTask<bool> CommitCheck(CancellationToken cancellationToken);
