namespace Coordinator.Simulation.Histories.Checks;

/// <summary>What was answered <i>rejected</i> is not in the table; what was answered <i>not written</i>, and never anything else, is not
/// either.</summary>
internal sealed class FalseWordCheck : IHistoryCheck
{
    public IEnumerable<Finding> Find(History history)
    {
        foreach (var (intent, rows) in history.WithRows())
        {
            if (!intent.Rows.Any(row => rows.Contains(row.Key)) || intent.IsForgotten(history.Lost)) continue;
            // "Not written" is said of one submission, so another one that may have written excuses it.
            var isFalse = intent.Calls.Any(static c => c.Answer == CallAnswer.Rejected)
                || intent.Calls.All(static c => c.Answer == CallAnswer.NotWritten);
            if (!isFalse) continue;
            var word = intent.Calls.First(static c => c.Answer is CallAnswer.Rejected or CallAnswer.NotWritten);
            yield return new(FindingKind.FalseWord,
                $"{intent}: is in the table, and was answered {word.Answer} at {word.Ended:HH:mm:ss.fff}: {word.Text}");
        }
    }
}
