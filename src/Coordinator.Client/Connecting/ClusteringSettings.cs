using System.Globalization;
using System.Net;
using Coordinator.Clustering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Client.Connecting;

/// <summary>The cluster's address from configuration. All mistakes are reported together.</summary>
internal sealed record ClusteringSettings(ClusteringOptions Clustering, IPEndPoint Gateway)
{
    public const string AddressKey = "Coordinator:Silo:Address";
    public const string GatewayPortKey = "Coordinator:Silo:GatewayPort";

    private const int DefaultGatewayPort = 30000;

    /// <summary>A text that says where the client looks for silos, and what to do if there is none.</summary>
    public string Advice => Clustering.Provider == ClusteringProvider.Localhost
        ? $"at {Gateway} ({GatewayPortKey}). Start silo-host there, or name the port that it listens on"
        : $"among those that {Clustering.Provider} lists for cluster {Clustering.ClusterId} of service {Clustering.ServiceId} ({ClusteringOptions.Section}). Start silo-host with the same settings";

    public static ClusteringSettings Read(IConfiguration configuration)
    {
        var mistakes = new List<string>();
        var clustering = ClusteringOptions.Read(configuration, mistakes);
        var gateway = new IPEndPoint(IPAddress.Loopback, DefaultGatewayPort);
        // With other providers the membership knows the gateways.
        if (clustering.Provider == ClusteringProvider.Localhost) ReadGateway(configuration, gateway, mistakes);
        return mistakes.Count == 0 ? new(clustering, gateway) : throw new OptionsValidationException(ClusteringOptions.Section, typeof(ClusteringSettings), mistakes);
    }

    private static void ReadGateway(IConfiguration configuration, IPEndPoint gateway, List<string> mistakes)
    {
        if (configuration[AddressKey] is { } addressText)
        {
            if (IPAddress.TryParse(addressText, out var address)) gateway.Address = address;
            else mistakes.Add($"{AddressKey} is '{addressText}'; expected an IP address such as 127.0.0.1.");
        }

        if (configuration[GatewayPortKey] is { } portText)
        {
            if (int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= IPEndPoint.MaxPort) gateway.Port = port;
            else mistakes.Add($"{GatewayPortKey} is '{portText}'; expected a port from 1 to 65535.");
        }
    }
}
