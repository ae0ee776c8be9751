namespace Coordinator.Simulation.Histories.Checks;

/// <summary>No two activations of a table committed transactions that were open at once, unless its ledger or fence was dropped
/// meanwhile.</summary>
internal sealed class OverlapCheck : IHistoryCheck
{
    public IEnumerable<Finding> Find(History history)
    {
        foreach (var table in history.Tables)
        {
            var turns = table.Ledger.DistinctBy(static r => r.Batch).OrderBy(static r => r.Ended).ToList();
            var lost = history.Lost.Where(l => l.Table == table.Name).ToList();
            for (var i = 1; i < turns.Count; i++)
            {
                var (earlier, later) = (turns[i - 1], turns[i]);
                if (earlier.Activation == later.Activation || later.Started >= earlier.Ended) continue;
                var began = later.Started < earlier.Started ? later.Started : earlier.Started;
                if (lost.Exists(l => l.Began <= later.Ended && l.Ended >= began)) continue;
                yield return new(FindingKind.Overlap, $"{table.Name}: {later.Activation} began at {later.Started:HH:mm:ss.ffffff}, "
                    + $"before {earlier.Activation} ended at {earlier.Ended:HH:mm:ss.ffffff}");
            }
        }
    }
}
