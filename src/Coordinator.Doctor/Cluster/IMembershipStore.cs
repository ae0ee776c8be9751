using Coordinator.Doctor.Checking;

namespace Coordinator.Doctor.Cluster;

/// <summary>Where the membership is kept.</summary>
internal interface IMembershipStore
{
    /// <summary>Whether it can be reached, and used by a silo that starts.</summary>
    Task<Finding> CheckAsync(CancellationToken cancellationToken);

    /// <summary>The silos of the cluster, the dead ones included.</summary>
    Task<IReadOnlyList<Member>> ReadAsync(CancellationToken cancellationToken);
}
