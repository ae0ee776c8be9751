namespace Coordinator.Simulation.Histories.Checks;

/// <summary>Every row of an acknowledged intent is in its table.</summary>
internal sealed class LostCheck : IHistoryCheck
{
    public IEnumerable<Finding> Find(History history)
    {
        foreach (var (intent, rows) in history.WithRows())
        {
            var missing = intent.Acknowledged is null ? 0 : intent.Rows.Count(row => !rows.Contains(row.Key));
            if (missing > 0) yield return new(FindingKind.Lost, $"{intent}: {missing} of {intent.Rows.Count} acknowledged rows are not there");
        }
    }
}
