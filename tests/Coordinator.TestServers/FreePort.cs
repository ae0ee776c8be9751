using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Coordinator.TestServers;

/// <summary>Loopback ports without a listener.</summary>
public static class FreePort
{
    private const int Tries = 200;

    // Below the range of the system's local ports for outgoing connections (32768 and up): a port stays free while its server restarts, and a
    // client that reconnects during that time cannot connect to itself.
    private const int First = 15_000;
    private const int Last = 32_000;

    private static readonly ConcurrentDictionary<int, byte> Given = new();

    /// <summary>A port that can be bound now and that was not returned before in this process.</summary>
    public static int Next()
    {
        for (var i = 0; i < Tries; i++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (CanBind(port) && Given.TryAdd(port, 0)) return port;
        }
        throw new InvalidOperationException($"No free loopback port between {First} and {Last} in {Tries} tries.");
    }

    private static bool CanBind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
