namespace Coordinator.Hosting;

/// <summary>Where the list of silos is kept.</summary>
public enum ClusteringProvider
{
    /// <summary>Nowhere: one silo, or several on this machine that know the first one's port.</summary>
    Localhost,
}
