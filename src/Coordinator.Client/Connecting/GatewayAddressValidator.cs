using System.Net;
using Coordinator.Settings;

namespace Coordinator.Client.Connecting;

/// <summary>The rules of the gateway's address.</summary>
internal sealed class GatewayAddressValidator() : SettingsValidator<GatewayAddress>(GatewayAddress.Section)
{
    protected override void Check(GatewayAddress options, SettingRules rules)
    {
        rules.Require(IPAddress.TryParse(options.Address, out _), options.Address, "an IP address such as 127.0.0.1");
        rules.Port(options.GatewayPort);
    }
}
