using Coordinator.Core.Leases;
using Coordinator.Simulation.Leases;
using Coordinator.Simulation.Leases.Broken;
using Xunit.Abstractions;

namespace Coordinator.Tests.Leases;

[Trait("Kind", "Simulation")]
public sealed class LeaseSimulationTests(ITestOutputHelper output)
{
    private const int Histories = 600;
    private const int MaxHistoriesOfBrokenRule = 3000;

    public static TheoryData<string> Rules => [.. BrokenRules.All.Keys];

    [Theory]
    [InlineData(WhenUnavailable.Wait)]
    [InlineData(WhenUnavailable.Proceed)]
    public void Two_owners_never_hold_one_lock_with_any_failures_of_servers_networks_clocks_and_owners(WhenUnavailable whenUnavailable)
    {
        var (turns, reasserted) = Run(new LeaseScenario { WhenUnavailable = whenUnavailable });
        // Histories without turns prove nothing.
        Assert.True(turns > Histories, $"Only {turns} turns in {Histories} histories.");
        Assert.True(reasserted > Histories, $"Keys were put back only {reasserted} times in {Histories} histories.");
    }

    [Fact]
    public void A_quick_restart_of_a_server_lets_no_duplicate_through_verified_or_not()
    {
        var (turns, _) = Run(new LeaseScenario { WhenUnavailable = WhenUnavailable.Proceed, OnlyQuickRestarts = true, CountsUnverified = true });
        Assert.True(turns > Histories, $"Only {turns} turns in {Histories} histories.");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_broken_rule_is_noticed(string rule)
    {
        var caught = BrokenRules.FirstCaught(rule, MaxHistoriesOfBrokenRule);
        Assert.True(caught is not null, $"'{rule}' went unnoticed in {MaxHistoriesOfBrokenRule} histories.");
        output.WriteLine($"'{rule}' was noticed after {caught + 1} histories.");
    }

    [Fact]
    public void What_the_design_admits_is_real_a_lock_evicted_while_its_canary_lives() =>
        Assert.True(Shows(new LeaseScenario { EvictsLocks = true }));

    [Fact]
    public void A_seed_replays_a_history()
    {
        var scenario = new LeaseScenario { WhenUnavailable = WhenUnavailable.Proceed };
        var first = LeaseSimulation.Run(7, scenario, isRecording: true);
        Assert.NotEmpty(first.History);
        Assert.Equal(first.History, LeaseSimulation.Run(7, scenario, isRecording: true).History);
    }

    private static (int Turns, int Reasserted) Run(LeaseScenario scenario)
    {
        var (turns, reasserted) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var verdict = LeaseSimulation.Run(seed, scenario);
            Assert.True(verdict.Problem is null, $"LeaseSimulation.Run({seed}, {scenario}, isRecording: true): {verdict.Problem}");
            turns += verdict.Turns;
            reasserted += verdict.Reasserted;
        }

        return (turns, reasserted);
    }

    private static bool Shows(LeaseScenario scenario) =>
        Enumerable.Range(0, MaxHistoriesOfBrokenRule).Any(seed => LeaseSimulation.Run(seed, scenario).Problem is not null);
}
