namespace Coordinator.Simulation.Leases;

/// <summary>A server's value for a key.</summary>
internal sealed class SimulatedItem
{
    public required string Value { get; init; }

    public required ulong Cas { get; set; }

    /// <summary>By the server's clock, in whole seconds.</summary>
    public required long EndsAt { get; set; }

    /// <summary>A counter that orders items by their last use.</summary>
    public required long LastUse { get; set; }
}
