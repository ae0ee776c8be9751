namespace Coordinator.Benchmarks.Leases;

/// <summary>Hands a grain's context out to the measurement.</summary>
internal sealed class LockedContexts
{
    public IGrainContext Last { get; set; } = null!;
}
