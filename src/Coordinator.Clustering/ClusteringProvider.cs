namespace Coordinator.Clustering;

/// <summary>Where the membership is stored.</summary>
public enum ClusteringProvider
{
    /// <summary>In memory: one silo, or several on this machine that know the first one's port.</summary>
    Localhost,

    /// <summary>In PostgreSQL, in the schema <c>coordinator_cluster</c>.</summary>
    Postgres,

    /// <summary>In Redis.</summary>
    Redis,
}
