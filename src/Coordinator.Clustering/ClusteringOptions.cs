using Coordinator.Settings;

namespace Coordinator.Clustering;

/// <summary>How silos find each other, and how clients find silos. Section <c>Coordinator:Clustering</c>.</summary>
public sealed class ClusteringOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Clustering";

    /// <summary>The membership provider.</summary>
    public ClusteringProvider Provider { get; set; }

    /// <summary>The connection: an Npgsql connection string, or StackExchange.Redis' <c>host:port,option=value</c>. Never logged, because it may
    /// contain a password.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The silos that form one cluster.</summary>
    public string ClusterId { get; set; } = "coordinator";

    /// <summary>The service that owns the tables, locks and ledgers. It outlives clusters.</summary>
    public string ServiceId { get; set; } = "coordinator";

    /// <summary>The grain directory, the same in all silos.</summary>
    public GrainDirectoryKind Directory { get; set; } = GrainDirectoryKind.Local;

    /// <summary>Reads the section; the reader collects the mistakes, which name keys but never a connection string.</summary>
    public static ClusteringOptions Read(SettingsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var options = reader.Read(Section, new ClusteringOptionsValidator());
        reader.CheckBeside($"{Section}:{nameof(ConnectionString)}", $"{Section}:{nameof(Provider)}", "Postgres or Redis");
        return options;
    }
}
