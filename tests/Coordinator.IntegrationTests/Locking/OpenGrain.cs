using Coordinator.Core.Leases;

namespace Coordinator.IntegrationTests.Locking;

public sealed class OpenGrain : Grain, IOpenGrain
{
    public Task<bool> HasLeaseAsync() => Task.FromResult(GrainContext.GetComponent<ILease>() is not null);
}
