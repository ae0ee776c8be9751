using System.Net;
using Coordinator.Clustering;
using Coordinator.Settings;

namespace Coordinator.Client.Connecting;

/// <summary>The cluster's address from configuration. All mistakes are reported together.</summary>
internal sealed record ClusteringSettings(ClusteringOptions Clustering, IPEndPoint Gateway)
{
    private static readonly IPEndPoint NoGateway = new(IPAddress.None, 0);

    /// <summary>A text that says where the client looks for silos, and what to do if there is none.</summary>
    public string Advice => Clustering.Provider == ClusteringProvider.Localhost
        ? $"at {Gateway} ({GatewayAddress.Section}:{nameof(GatewayAddress.GatewayPort)}). Start silo-host there, or name the port that it listens on"
        : $"among those that {Clustering.Provider} lists for cluster {Clustering.ClusterId} of service {Clustering.ServiceId} "
            + $"({ClusteringOptions.Section}). Start silo-host with the same settings";

    /// <summary>Reads what a client must know of the cluster; mistakes are the reader's.</summary>
    public static ClusteringSettings Read(SettingsReader reader)
    {
        var clustering = ClusteringOptions.Read(reader);
        // With other providers the membership knows the gateways.
        if (clustering.Provider != ClusteringProvider.Localhost) return new(clustering, NoGateway);
        var gateway = reader.Read(GatewayAddress.Section, new GatewayAddressValidator());
        var isAddress = IPAddress.TryParse(gateway.Address, out var address) && gateway.GatewayPort is > 0 and <= IPEndPoint.MaxPort;
        return new(clustering, isAddress ? new(address!, gateway.GatewayPort) : NoGateway);
    }
}
