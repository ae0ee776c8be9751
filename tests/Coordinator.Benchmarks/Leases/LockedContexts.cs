namespace Coordinator.Benchmarks.Leases;

/// <summary>Gives the measurement access to a grain's context.</summary>
internal sealed class LockedContexts
{
    public IGrainContext Last { get; set; } = null!;
}
