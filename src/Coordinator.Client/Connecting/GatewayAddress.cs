using System.Net;

namespace Coordinator.Client.Connecting;

/// <summary>The one gateway of a cluster on this machine: the part of the silo's section <c>Coordinator:Silo</c> that a client reads.</summary>
internal sealed class GatewayAddress
{
    public const string Section = "Coordinator:Silo";

    /// <summary>The IP address that the silo listens on.</summary>
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>The silo's port for clients.</summary>
    public int GatewayPort { get; set; } = 30000;
}
