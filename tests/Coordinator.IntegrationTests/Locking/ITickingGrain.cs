namespace Coordinator.IntegrationTests.Locking;

[Alias("coordinator.tests.ITickingGrain")]
public interface ITickingGrain : IGrainWithStringKey
{
    /// <summary>The number of ticks of the activation's timer.</summary>
    [Alias("Ticks")]
    Task<int> TicksAsync();
}
