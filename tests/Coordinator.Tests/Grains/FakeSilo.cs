using System.Net;

namespace Coordinator.Tests.Grains;

/// <summary>The silo of the grain's parts under test.</summary>
internal sealed class FakeSilo : ILocalSiloDetails
{
    public string Name => "silo";

    public string ClusterId => "tests";

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress { get; } = SiloAddress.New(IPAddress.Loopback, 11111, 1);

    public SiloAddress GatewayAddress { get; } = SiloAddress.New(IPAddress.Loopback, 30000, 1);
}
