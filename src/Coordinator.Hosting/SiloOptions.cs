using System.Net;

namespace Coordinator.Hosting;

/// <summary>Where this silo listens and what it is called. Section <c>Coordinator:Silo</c>.</summary>
public sealed class SiloOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Coordinator:Silo";

    /// <summary>The address that silos and clients reach this silo at.</summary>
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>With <see cref="ClusteringProvider.Localhost"/>, the silo port of the first silo of this machine's cluster; null if this is the first.</summary>
    public int? PrimaryPort { get; set; }

    /// <summary>The port for clients.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>The name in logs, figures and database sessions.</summary>
    public string Name { get; set; } = Environment.MachineName;
}
