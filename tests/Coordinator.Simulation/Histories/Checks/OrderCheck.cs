namespace Coordinator.Simulation.Histories.Checks;

/// <summary>An intent that its source sent after the receipt of an earlier one is committed after it. No other order is promised.</summary>
internal sealed class OrderCheck : IHistoryCheck
{
    public IEnumerable<Finding> Find(History history)
    {
        foreach (var table in history.Tables)
        {
            var ranges = table.Ledger.ToLookup(static r => r.Origin);
            var placed = from intent in history.Intents.Values
                         where intent.First.Table == table.Name && !intent.IsForgotten(history.Lost)
                         let range = ranges[intent.Id.Origin].FirstOrDefault(r => r.First <= intent.Id.Sequence && r.Last >= intent.Id.Sequence)
                         where range is not null
                         select (Intent: intent, range.Ended);
            foreach (var finding in placed.GroupBy(static p => p.Intent.First.Source).SelectMany(static s => Find([.. s]))) yield return finding;
        }
    }

    private static IEnumerable<Finding> Find(IReadOnlyList<(SentIntent Intent, DateTimeOffset Committed)> source)
    {
        var receipts = source.Where(static s => s.Intent.Acknowledged is not null).OrderBy(static s => s.Intent.Acknowledged).ToList();
        var next = 0;
        (SentIntent Intent, DateTimeOffset Committed)? latest = null;
        foreach (var later in source.OrderBy(static s => s.Intent.First.Begun))
        {
            for (; next < receipts.Count && receipts[next].Intent.Acknowledged <= later.Intent.First.Begun; next++)
            {
                if (latest is null || receipts[next].Committed > latest.Value.Committed) latest = receipts[next];
            }

            if (latest is { } earlier && earlier.Committed > later.Committed)
            {
                yield return new(FindingKind.Reordered, $"{later.Intent}: committed at {later.Committed:HH:mm:ss.ffffff}, "
                    + $"before {earlier.Intent.Id}, whose receipt it followed, at {earlier.Committed:HH:mm:ss.ffffff}");
            }
        }
    }
}
