using System.Net;
using Coordinator.Clustering;

namespace Coordinator.Hosting;

/// <summary>The name and addresses of this silo. Section <c>Coordinator:Silo</c>.</summary>
public sealed class SiloOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Silo";

    /// <summary>The IP address that this silo listens on, and that other silos and clients use. Orleans' ports have no authentication: every
    /// process that can connect is trusted.</summary>
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>With <see cref="ClusteringProvider.Localhost"/>, the silo port of the first silo of this machine's cluster; null if this is the
    /// first.</summary>
    public int? PrimaryPort { get; set; }

    /// <summary>The port for clients.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>The name in logs, figures and database sessions.</summary>
    public string Name { get; set; } = Environment.MachineName;
}
