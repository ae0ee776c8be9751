
namespace Coordinator.Doctor.Cluster;

/// <summary>A silo in the membership.</summary>
internal sealed record Member(string Name, string Host, int SiloPort, int GatewayPort, SiloStatus Status, DateTimeOffset AliveAt)
{
    public override string ToString() => $"{Name} ({Host}:{SiloPort})";
}
