namespace Coordinator.IntegrationTests.Locking;

[Alias("coordinator.tests.ITickingGrain")]
public interface ITickingGrain : IGrainWithStringKey
{
    /// <summary>How often the activation's timer has ticked.</summary>
    [Alias("Ticks")]
    Task<int> TicksAsync();
}
