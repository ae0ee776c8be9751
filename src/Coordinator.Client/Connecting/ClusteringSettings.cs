using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Coordinator.Client.Connecting;

/// <summary>Where the cluster is, read from configuration. All mistakes are reported together.</summary>
internal sealed record ClusteringSettings(IPEndPoint Gateway, string ClusterId, string ServiceId)
{
    public const string ProviderKey = "Coordinator:Clustering:Provider";
    public const string AddressKey = "Coordinator:Silo:Address";
    public const string GatewayPortKey = "Coordinator:Silo:GatewayPort";

    private const string DefaultId = "coordinator";
    private const int DefaultGatewayPort = 30000;

    public static ClusteringSettings Read(IConfiguration configuration)
    {
        var mistakes = new List<string>();
        var provider = configuration[ProviderKey] ?? "Localhost";
        if (!string.Equals(provider, "Localhost", StringComparison.OrdinalIgnoreCase)) mistakes.Add($"{ProviderKey} is '{provider}'; allowed is Localhost.");
        var addressText = configuration[AddressKey] ?? "127.0.0.1";
        if (!IPAddress.TryParse(addressText, out var address)) mistakes.Add($"{AddressKey} is '{addressText}'; expected an IP address such as 127.0.0.1.");
        var portText = configuration[GatewayPortKey] ?? DefaultGatewayPort.ToString(CultureInfo.InvariantCulture);
        if (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            mistakes.Add($"{GatewayPortKey} is '{portText}'; expected a port from 1 to 65535.");
        if (mistakes.Count > 0) throw new OptionsValidationException("Coordinator:Clustering", typeof(ClusteringSettings), mistakes);
        return new(new IPEndPoint(address!, port), configuration["Coordinator:Clustering:ClusterId"] ?? DefaultId, configuration["Coordinator:Clustering:ServiceId"] ?? DefaultId);
    }
}
