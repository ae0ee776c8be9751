using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace Coordinator.Clustering.Network;

/// <summary>Sets TCP_USER_TIMEOUT (RFC 5482, Linux <c>tcp(7)</c>) on Orleans' sockets: the kernel ends a connection whose bytes or keep-alive probes
/// the other end has not acknowledged for that long, and Orleans then takes another one. The kernel acknowledges for a process that is busy. Other
/// systems have no such option, and keep-alive probes alone.</summary>
internal static class SocketLimits
{
    private const int TcpLevel = 6;
    private const int UserTimeout = 18;

    // Orleans keeps its socket to itself. Connections in memory, and of other transports, have none.
    private const string Transport = "Orleans.Networking.Shared.SocketConnection";
    private const string TransportWithAssembly = Transport + ", Orleans.Core";

    /// <summary>Adds it to the connections that a builder makes.</summary>
    public static void Use(IConnectionBuilder connections, TimeSpan unacknowledged) => connections.Use(next => connection =>
    {
        if (OperatingSystem.IsLinux() && connection.GetType().FullName == Transport)
            SocketOf(connection).SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes((int)unacknowledged.TotalMilliseconds));
        return next(connection);
    });

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_socket")]
    private static extern ref Socket SocketOf([UnsafeAccessorType(TransportWithAssembly)] object connection);
}
