using Coordinator.Core.Leases;

namespace Coordinator.Tests.Leases;

public sealed class LeaseSimulationTests
{
    private const int Histories = 2000;

    [Theory]
    [InlineData(WhenUnavailable.Wait)]
    [InlineData(WhenUnavailable.Proceed)]
    public void Two_owners_never_hold_one_lock_while_the_store_keeps_its_memory(WhenUnavailable whenUnavailable)
    {
        var turns = 0;
        for (var seed = 0; seed < Histories; seed++)
        {
            var simulation = new LeaseSimulation(seed, whenUnavailable);
            Assert.True(simulation.Run(), $"Both held it: new LeaseSimulation({seed}, WhenUnavailable.{whenUnavailable})");
            turns += simulation.Turns;
        }

        // Histories in which nobody got anywhere prove nothing.
        Assert.True(turns > Histories * 2, $"Only {turns} turns in {Histories} histories.");
    }
}
