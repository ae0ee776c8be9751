namespace Coordinator.Simulation.Leases;

/// <summary>What a server remembers under a key.</summary>
internal sealed class SimulatedItem
{
    public required string Value { get; init; }

    public required ulong Cas { get; set; }

    /// <summary>By the server's clock, in whole seconds.</summary>
    public required long EndsAt { get; set; }

    /// <summary>A count that orders items from cold to hot.</summary>
    public required long LastUse { get; set; }
}
