using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Coordinator.Hosting;

/// <summary>Refuses to start a silo at ports that another process listens on. Orleans' sockets share a port with each other: a second silo would
/// start, and clients would be spread over both.</summary>
internal sealed class PortGuard(IOptions<EndpointOptions> endpoints) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(PortGuard), ServiceLifecycleStage.First, CheckAsync);

    private Task CheckAsync(CancellationToken cancellationToken)
    {
        var options = endpoints.Value;
        Check(options.SiloListeningEndpoint ?? new IPEndPoint(options.AdvertisedIPAddress!, options.SiloPort));
        Check(options.GatewayListeningEndpoint ?? new IPEndPoint(options.AdvertisedIPAddress!, options.GatewayPort));
        return Task.CompletedTask;
    }

    private static void Check(IPEndPoint endPoint)
    {
        // This socket shares its port with none.
        using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new SocketException((int)e.SocketErrorCode, $"Another process, perhaps a silo, listens on {endPoint}.");
        }
    }
}
