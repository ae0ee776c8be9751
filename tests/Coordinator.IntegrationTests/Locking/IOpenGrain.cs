namespace Coordinator.IntegrationTests.Locking;

[Alias("coordinator.tests.IOpenGrain")]
public interface IOpenGrain : IGrainWithStringKey
{
    /// <summary>True if the activation has a lease.</summary>
    [Alias("HasLease")]
    Task<bool> HasLeaseAsync();
}
