using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Networking.Shared;

namespace Coordinator.Clustering.Network;

/// <summary>How soon a connection between silos, or of a client, is known to be dead. Orleans' defaults leave it to TCP, which retransmits for a
/// quarter of an hour, in growing steps: a network that lost packets for a minute is used again up to a minute later.</summary>
/// <remarks>A client that loses one of its gateways takes another one after <see cref="AtClient"/>, and after <see cref="Open"/> where it tries the
/// lost one again first. By then the lost gateway must have forgotten the client, because until then it keeps the answers of its own silo to
/// itself: <c>AtGateway + 2 * ClientDrop &lt; AtClient</c>.</remarks>
internal static class ConnectionTiming
{
    internal static readonly TimeSpan AtClient = TimeSpan.FromSeconds(4.5);
    internal static readonly TimeSpan AtGateway = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenSilos = TimeSpan.FromSeconds(3);

    /// <summary>How long an attempt to connect may take: short, because the packets of one attempt come in growing steps.</summary>
    private static readonly TimeSpan Open = TimeSpan.FromSeconds(3);

    /// <summary>How long a gateway keeps answers for a client whose connection has ended, and how often it looks. Orleans' default is a
    /// minute.</summary>
    internal static readonly TimeSpan ClientDrop = TimeSpan.FromSeconds(0.5);

    /// <summary>For the connections of a silo.</summary>
    public static void ApplyToSilo(IServiceCollection services)
    {
        ApplyToAll(services);
        services.Configure<SiloMessagingOptions>(static o => o.ClientDropTimeout = ClientDrop);
        services.Configure<SiloConnectionOptions>(static o =>
        {
            o.ConfigureSiloInboundConnection(static connections => SocketLimits.Use(connections, BetweenSilos));
            o.ConfigureSiloOutboundConnection(static connections => SocketLimits.Use(connections, BetweenSilos));
            o.ConfigureGatewayInboundConnection(static connections => SocketLimits.Use(connections, AtGateway));
        });
    }

    /// <summary>For the connections of a client.</summary>
    public static void ApplyToClient(IServiceCollection services)
    {
        ApplyToAll(services);
        services.Configure<ClientConnectionOptions>(static o =>
            o.ConfigureConnection(static connections => SocketLimits.Use(connections, AtClient)));
    }

    private static void ApplyToAll(IServiceCollection services)
    {
        services.Configure<ConnectionOptions>(static o => o.OpenConnectionTimeout = Open);
        // An idle connection is probed every second, so that it is known to be dead before it is needed.
        services.Configure<SocketConnectionOptions>(static o => (o.KeepAliveTimeSeconds, o.KeepAliveIntervalSeconds) = (1, 1));
    }
}
