namespace Coordinator.Clustering;

/// <summary>Where the list of silos is kept.</summary>
public enum ClusteringProvider
{
    /// <summary>Nowhere: one silo, or several on this machine that know the first one's port.</summary>
    Localhost,

    /// <summary>In PostgreSQL, in the schema <c>coordinator_cluster</c>.</summary>
    Postgres,

    /// <summary>In Redis.</summary>
    Redis,
}
