using Coordinator.Core.Leases;
using Coordinator.Locking;

namespace Coordinator.IntegrationTests.Locking;

[GhettoLocked]
public sealed class ProbeGrain : Grain, IProbeGrain
{
    public Task<string> TokenAsync() => Task.FromResult(GrainContext.GetComponent<ILease>()!.Token.ToString());

    public Task<TimeSpan> WaitedAsync() => Task.FromResult(LockWait.OfThisCall);
}
