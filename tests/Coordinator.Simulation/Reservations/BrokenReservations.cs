namespace Coordinator.Simulation.Reservations;

/// <summary>The reservation protocol with one rule broken at a time, each with the expected problem.</summary>
internal static class BrokenReservations
{
    private const string Interleaved = " at the same time";

    private const string Stuck = "not done";

    /// <summary>The scenario for each rule.</summary>
    public static IReadOnlyDictionary<string, (ReservationScenario Scenario, string Shows)> All { get; } =
        new Dictionary<string, (ReservationScenario, string)>
        {
            ["tables in no common order"] = (new() { IsOrderBroken = true, IsCalm = true }, Stuck),
            ["COMMIT without a last question"] = (new() { CommitsUnasked = true }, Interleaved),
            ["a last word that may be old"] = (new() { Options = new() { Freshness = TimeSpan.FromDays(1) } }, Interleaved),
            ["a silent holder that keeps its tables"] = (new() { NeverRevokes = true, Options = new() { Lease = TimeSpan.FromHours(9) } }, Stuck),
            ["an activation that goes on without its lock"] = (new() { WorksWithoutLock = true }, Interleaved),
        };

    /// <summary>The first history that shows the broken rule; null if none does.</summary>
    public static int? FirstCaught(string name, int maxHistories)
    {
        var (scenario, shows) = All[name];
        for (var seed = 0; seed < maxHistories; seed++)
        {
            if (ReservationSimulation.Run(seed, scenario).Problem?.Contains(shows, StringComparison.Ordinal) == true) return seed;
        }

        return null;
    }
}
