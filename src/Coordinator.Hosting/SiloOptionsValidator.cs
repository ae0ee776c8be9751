using System.Net;
using Coordinator.Clustering;
using Coordinator.Settings;

namespace Coordinator.Hosting;

/// <summary>The rules of the silo's addresses; which address is allowed depends on where the membership is kept.</summary>
internal sealed class SiloOptionsValidator(ClusteringProvider clustering) : SettingsValidator<SiloOptions>(SiloOptions.Section)
{
    private const int MaxNameLength = 100;

    protected override void Check(SiloOptions options, SettingRules rules)
    {
        rules.Require(AddressAdvice(options.Address) is null, options.Address, AddressAdvice(options.Address) ?? "");
        rules.Port(options.SiloPort);
        rules.Port(options.GatewayPort);
        rules.Require(options.GatewayPort != options.SiloPort, options.GatewayPort, "another port than SiloPort");
        if (options.PrimaryPort is { } port) rules.Port(port, "options.PrimaryPort");
        rules.Text(options.Name, MaxNameLength, "silo-1");
    }

    private string? AddressAdvice(string text)
    {
        if (!IPAddress.TryParse(text, out var address)) return "an IP address of this machine";
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return "the one address that other silos and clients use";
        return clustering == ClusteringProvider.Localhost && !IPAddress.IsLoopback(address)
            ? $"a loopback address with {ClusteringOptions.Section}:Provider Localhost; to listen elsewhere keep the membership in Postgres or Redis"
            : null;
    }
}
