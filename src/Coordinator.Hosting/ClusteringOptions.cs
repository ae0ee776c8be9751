namespace Coordinator.Hosting;

/// <summary>How silos find each other. Section <c>Coordinator:Clustering</c>.</summary>
public sealed class ClusteringOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Clustering";

    /// <summary>The membership provider.</summary>
    public ClusteringProvider Provider { get; set; }

    /// <summary>The silos that form one cluster.</summary>
    public string ClusterId { get; set; } = "coordinator";

    /// <summary>The service whose tables, locks and ledgers these are; it outlives clusters.</summary>
    public string ServiceId { get; set; } = "coordinator";
}
