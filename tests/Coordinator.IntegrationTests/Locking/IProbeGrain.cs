namespace Coordinator.IntegrationTests.Locking;

[Alias("coordinator.tests.IProbeGrain")]
public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>The owner token of the activation that answers.</summary>
    [Alias("Token")]
    Task<string> TokenAsync();
}
