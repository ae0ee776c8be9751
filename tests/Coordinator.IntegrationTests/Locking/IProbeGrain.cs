namespace Coordinator.IntegrationTests.Locking;

[Alias("coordinator.tests.IProbeGrain")]
public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>The owner token of the activation that answers.</summary>
    [Alias("Token")]
    Task<string> TokenAsync();

    /// <summary>How long this call waited for the activation's lock.</summary>
    [Alias("Waited")]
    Task<TimeSpan> WaitedAsync();
}
