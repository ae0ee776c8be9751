using Coordinator.Clustering.Network;

namespace Coordinator.Tests.Clustering;

public sealed class ConnectionTimingTests
{
    [Fact]
    public void A_lost_gateway_has_forgotten_its_client_before_that_takes_another_one() =>
        Assert.True(ConnectionTiming.AtGateway + 2 * ConnectionTiming.ClientDrop < ConnectionTiming.AtClient);
}
