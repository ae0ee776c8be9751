namespace Coordinator.Simulation.Histories.Checks;

/// <summary>The rows of an intent are in the table together or not at all. <see cref="LostCheck"/> judges acknowledged ones.</summary>
internal sealed class TornCheck : IHistoryCheck
{
    public IEnumerable<Finding> Find(History history)
    {
        foreach (var (intent, rows) in history.WithRows())
        {
            var there = intent.Rows.Count(row => rows.Contains(row.Key));
            if (intent.Acknowledged is null && there > 0 && there < intent.Rows.Count)
                yield return new(FindingKind.Torn, $"{intent}: {there} of {intent.Rows.Count} rows are there");
        }
    }
}
