using System.Net;
using System.Net.Sockets;
using Coordinator.Doctor.Checking;

namespace Coordinator.Doctor.Net;

/// <summary>Whether a host has an address, and whether a port accepts connections.</summary>
internal static class Reach
{
    /// <summary>True for this machine.</summary>
    public static bool IsLoopback(string host) =>
        host == "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Resolves a host's name.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="advice">What to do if it has no address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<Finding> ResolveAsync(string host, string advice, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out _)) return Finding.Ok($"{host}, an address");
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return addresses.Length > 0
                ? Finding.Ok($"{host} is {string.Join(", ", addresses.Select(static address => address.ToString()).Distinct())}")
                : Finding.Failed($"{host} has no address", advice);
        }
        catch (SocketException e)
        {
            return Finding.Failed($"{host} has no address: {e.Message}", advice);
        }
    }

    /// <summary>Opens a TCP connection and closes it.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="advice">What to do if it refuses.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<Finding> ConnectAsync(string host, int port, string advice, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, cancellationToken);
            return Finding.Ok($"{host}:{port} accepts connections");
        }
        catch (SocketException e)
        {
            var isRefused = e.SocketErrorCode == SocketError.ConnectionRefused;
            return Finding.Failed($"{host}:{port} cannot be reached: {e.Message}", isRefused ? advice : Firewall(port));
        }
    }

    /// <summary>What to do if packets get no answer.</summary>
    public static string Firewall(int port) =>
        $"A firewall drops the packets, or the server is not there. Let this machine reach TCP port {port}: in AWS in the inbound rules of the "
        + "security group, the network ACLs and the route tables.";
}
