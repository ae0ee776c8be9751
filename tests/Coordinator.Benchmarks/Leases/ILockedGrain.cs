namespace Coordinator.Benchmarks.Leases;

/// <summary>A grain that does nothing behind its ghetto lock.</summary>
[Alias("coordinator.benchmarks.ILockedGrain")]
public interface ILockedGrain : IGrainWithIntegerKey
{
    [Alias("Touch")]
    Task TouchAsync();
}
