namespace Coordinator.Simulation.Histories.Checks;

/// <summary>Every table has a receipt soon after the end of all causes.</summary>
internal sealed class StallCheck : IHistoryCheck
{
    public IEnumerable<Finding> Find(History history) =>
        from recovery in history.Recoveries
        where recovery.After is null || recovery.After > recovery.Limit
        let after = recovery.After is { } time ? $"{time.TotalSeconds:0.0} s" : "not at all"
        select new Finding(FindingKind.Stall,
            $"{recovery.Table}: receipts again {after} after all causes ended, limit {recovery.Limit.TotalSeconds:0} s");
}
