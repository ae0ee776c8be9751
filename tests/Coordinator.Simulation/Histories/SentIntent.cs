using Coordinator.Intents;

namespace Coordinator.Simulation.Histories;

/// <summary>An intent with all its calls, in the order in which they began.</summary>
internal sealed class SentIntent
{
    // A caller may have given up an intent that still waits, or whose batch is tried again.
    private static readonly TimeSpan Afterlife = TimeSpan.FromMinutes(1);

    public SentIntent(IEnumerable<SentCall> calls)
    {
        Calls = [.. calls.OrderBy(static c => c.Begun)];
        First = Calls[0];
    }

    public IReadOnlyList<SentCall> Calls { get; }

    public SentCall First { get; }

    public IntentId Id => First.Id;

    public IReadOnlyList<SentRow> Rows => First.Rows;

    /// <summary>When its first receipt arrived; null if none did.</summary>
    public DateTimeOffset? Acknowledged =>
        Calls.Where(static c => c.Answer == CallAnswer.Committed).Select(static c => (DateTimeOffset?)c.Ended).Min();

    /// <summary>True if the table's ledger was dropped while the intent was under way. Coordinator may then write it again.</summary>
    public bool IsForgotten(IEnumerable<LostMemory> lost)
    {
        var end = Calls.Max(static c => c.Answer == CallAnswer.Committed ? c.Ended : c.Ended + Afterlife);
        return lost.Any(l => l.Table == First.Table && l.Began <= end && l.Ended >= First.Begun);
    }

    public override string ToString() => $"{Id} of {First.Source} into {First.Table}";
}
