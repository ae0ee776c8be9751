using Coordinator.Contention;
using Coordinator.Core.Queueing;

namespace Coordinator.Core.Contention;

/// <summary>A waiting update, or the waiting inserts of one source.</summary>
/// <param name="Kind">What the turn is to do.</param>
/// <param name="Source">The writer.</param>
/// <param name="Since">A timestamp of the queue's clock, of the oldest insert.</param>
/// <param name="Count">The number of inserts.</param>
/// <param name="Id">The update's intent id; empty for inserts.</param>
internal sealed record WaitingParty(TurnKind Kind, string Source, long Since, int Count, string Id)
{
    /// <summary>A single entry.</summary>
    public static WaitingParty Of(in WaitingEntry entry) => entry.Mode is { } mode
        ? new WaitingParty(ActiveTurn.KindOf(mode), entry.Source, entry.Since, 1, entry.Id.ToString())
        : new WaitingParty(TurnKind.Insert, entry.Source, entry.Since, 1, "");

    /// <summary>The waiters in order. Only the first entries of a long queue are read; the rest is counted with the last writer of
    /// inserts.</summary>
    public static IReadOnlyList<WaitingParty> Of(IReadOnlyList<WaitingEntry> first, int depth)
    {
        var parties = new List<WaitingParty>();
        foreach (var entry in first)
        {
            var at = entry.Mode is null ? parties.FindIndex(p => p.Id.Length == 0 && p.Source == entry.Source) : -1;
            if (at < 0) parties.Add(Of(entry));
            else parties[at] = parties[at] with { Count = parties[at].Count + 1 };
        }

        if (depth > first.Count && parties.FindLastIndex(static p => p.Id.Length == 0) is var last && last >= 0)
            parties[last] = parties[last] with { Count = parties[last].Count + depth - first.Count };
        return parties;
    }
}
