using Coordinator.Locking;

namespace Coordinator.Benchmarks.Leases;

[GhettoLocked]
internal sealed class LockedGrain(LockedContexts contexts) : Grain, ILockedGrain
{
    public Task TouchAsync()
    {
        contexts.Last = GrainContext;
        return Task.CompletedTask;
    }
}
