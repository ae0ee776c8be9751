using System.Globalization;
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

    /// <summary>With <see cref="ClusteringProvider.Localhost"/>, the silo port of the first silo of this machine's cluster; null if this is the first.</summary>
    public int? PrimaryPort { get; set; }

    /// <summary>The port for clients.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>The name in logs, figures and database sessions.</summary>
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>The mistakes in these settings.</summary>
    internal IEnumerable<string> Mistakes(ClusteringProvider clustering)
    {
        if (!IPAddress.TryParse(Address, out var address)) yield return $"{Section}:{nameof(Address)} is '{Address}'; expected an IP address of this machine.";
        else if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) yield return $"{Section}:{nameof(Address)} is '{Address}'; expected the one address that other silos and clients reach this silo at.";
        else if (clustering == ClusteringProvider.Localhost && !IPAddress.IsLoopback(address))
            yield return $"{Section}:{nameof(Address)} is '{Address}'; with {ClusteringOptions.Section}:Provider Localhost a silo listens on loopback only. Keep the membership in Postgres or Redis.";
        foreach (var (name, port) in new[] { (nameof(SiloPort), SiloPort), (nameof(GatewayPort), GatewayPort) })
        {
            if (port is < 1 or > IPEndPoint.MaxPort) yield return string.Create(CultureInfo.InvariantCulture, $"{Section}:{name} is {port}; expected a port from 1 to {IPEndPoint.MaxPort}.");
        }
    }
}
