using Coordinator.Simulation.Reservations;
using Xunit.Abstractions;

namespace Coordinator.Tests.Reservations;

[Trait("Kind", "Simulation")]
public sealed class ReservationSimulationTests(ITestOutputHelper output)
{
    private const int Histories = 500;
    private const int MaxHistoriesOfBrokenRule = 2000;

    public static TheoryData<string> Rules => [.. BrokenReservations.All.Keys];

    [Fact]
    public void Turns_never_interleave_and_every_write_ends_with_any_failures_of_silos_messages_and_clocks()
    {
        var (turns, moves, restarts) = (0, 0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var verdict = ReservationSimulation.Run(seed, new ReservationScenario());
            Assert.True(verdict.Problem is null, $"ReservationSimulation.Run({seed}, new(), isRecording: true): {verdict.Problem}");
            turns += verdict.Turns;
            moves += verdict.Moves;
            restarts += verdict.Restarts;
        }

        output.WriteLine($"{turns} turns, {moves} moves, {restarts} restarts");
        // Histories without events prove nothing.
        Assert.True(turns > 10 * Histories && moves > Histories && restarts > 0);
    }

    [Fact]
    public void What_a_table_remembers_saves_updates_from_starting_again()
    {
        int Restarts(bool forgets) => Enumerable.Range(0, Histories)
            .Sum(seed => ReservationSimulation.Run(seed, new ReservationScenario { ForgetsHolders = forgets }).Restarts);
        var (remembering, forgetting) = (Restarts(forgets: false), Restarts(forgets: true));
        output.WriteLine($"{remembering} restarts; {forgetting} without the memory");
        Assert.True(remembering < forgetting / 2, $"{remembering} restarts; {forgetting} without the memory");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_broken_rule_is_noticed(string rule)
    {
        var caught = BrokenReservations.FirstCaught(rule, MaxHistoriesOfBrokenRule);
        Assert.True(caught is not null, $"'{rule}' went unnoticed in {MaxHistoriesOfBrokenRule} histories.");
        output.WriteLine($"'{rule}' was noticed after {caught + 1} histories.");
    }

    [Fact]
    public void An_update_of_two_hours_keeps_its_tables_however_often_they_move()
    {
        var hours = TimeSpan.FromHours(2);
        var scenario = new ReservationScenario
        {
            Options = new() { MaxWait = TimeSpan.FromDays(1) },
            ShortestSql = hours,
            LongestSql = hours,
            MaxUpdates = 2,
            Faulty = hours,
            OnlyMoves = true,
        };
        var verdict = ReservationSimulation.Run(1, scenario);
        output.WriteLine($"{verdict.Moves} moves, {verdict.Restarts} restarts");
        Assert.Null(verdict.Problem);
        Assert.Equal(0, verdict.Restarts);
        Assert.True(verdict.Moves > 100);
    }

    [Fact]
    public void A_seed_replays_a_history()
    {
        var first = ReservationSimulation.Run(7, new ReservationScenario(), isRecording: true);
        Assert.NotEmpty(first.History);
        Assert.Equal(first.History, ReservationSimulation.Run(7, new ReservationScenario(), isRecording: true).History);
    }
}
