using Coordinator.Simulation.Histories.Checks;

namespace Coordinator.Simulation.Histories;

/// <summary>Compares what callers heard with what tables and ledgers have. Pure: no I/O, no clock.</summary>
internal static class HistoryChecker
{
    private static readonly IReadOnlyList<IHistoryCheck> All =
    [
        new LostCheck(),
        new DoubledCheck(),
        new ValueCheck(),
        new TornCheck(),
        new FalseWordCheck(),
        new OrderCheck(),
        new OverlapCheck(),
        new SilenceCheck(),
        new StallCheck(),
    ];

    public static IReadOnlyList<Finding> Check(History history) => [.. All.SelectMany(check => check.Find(history))];
}
