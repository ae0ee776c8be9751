namespace Coordinator.Simulation.Histories.Checks;

/// <summary>No row is there twice, unless the ledger was dropped while its intent was under way.</summary>
internal sealed class DoubledCheck : IHistoryCheck
{
    public IEnumerable<Finding> Find(History history)
    {
        foreach (var (intent, rows) in history.WithRows())
        {
            var most = intent.Rows.Max(row => rows[row.Key].Count());
            if (most > 1 && !intent.IsForgotten(history.Lost)) yield return new(FindingKind.Doubled, $"{intent}: a row is there {most} times");
        }
    }
}
