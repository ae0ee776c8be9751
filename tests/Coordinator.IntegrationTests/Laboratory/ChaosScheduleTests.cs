using Coordinator.Laboratory.Chaos.Faults;
using Coordinator.Laboratory.Chaos.Planning;

namespace Coordinator.IntegrationTests.Laboratory;

public sealed class ChaosScheduleTests
{
    private const int Silos = 3;
    private const int Tables = 5;
    private const int Seeds = 200;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private static IEnumerable<IReadOnlyList<PlannedFault>> Schedules =>
        Enumerable.Range(1, Seeds).Select(static seed => ChaosSchedule.Create(seed, Length, ChaosCatalog.All, Silos, Tables));

    [Fact]
    public void A_seed_always_gives_the_same_schedule() => Assert.Equal(Schedules.Select(Text), Schedules.Select(Text));

    [Fact]
    public void Two_faults_never_strike_one_thing_at_once() => Assert.All(Schedules, static plan =>
        Assert.DoesNotContain(plan, fault => plan.Any(other => other != fault && fault.Collides(other))));

    [Fact]
    public void Several_faults_strike_at_once_and_one_silo_is_left_alone() => Assert.All(Schedules, static plan =>
    {
        var together = plan.Select(fault => plan.Where(other => other.At <= fault.At && other.End > fault.At).ToList()).ToList();
        Assert.Contains(together, static t => t.Count > 2);
        Assert.DoesNotContain(together, static t => t.Count(static p => p.Fault.Place == ChaosPlace.Silo) == Silos);
    });

    [Fact]
    public void Every_fault_ends_in_time_and_every_one_is_drawn()
    {
        Assert.All(Schedules.SelectMany(static plan => plan), static fault => Assert.True(fault.End <= Length, fault.ToString()));
        Assert.Equal(ChaosCatalog.All.Count, Schedules.SelectMany(static plan => plan).Select(static f => f.Fault.Name).Distinct().Count());
    }

    private static string Text(IReadOnlyList<PlannedFault> plan) => string.Join('\n', plan);
}
