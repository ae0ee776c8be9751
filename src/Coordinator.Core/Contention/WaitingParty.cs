using Coordinator.Core.Queueing;

namespace Coordinator.Core.Contention;

/// <summary>An update that waits, or one source's inserts.</summary>
/// <param name="Kind">As in <see cref="TurnKinds"/>.</param>
/// <param name="Source">The writer.</param>
/// <param name="Since">A timestamp of the queue's clock: the oldest's.</param>
/// <param name="Count">How many.</param>
/// <param name="Id">The update's intent id; empty for inserts.</param>
internal sealed record WaitingParty(string Kind, string Source, long Since, int Count, string Id)
{
    /// <summary>An entry by itself.</summary>
    public static WaitingParty Of(in WaitingEntry entry) => entry.Mode is { } mode
        ? new WaitingParty(TurnKinds.Of(mode), entry.Source, entry.Since, 1, entry.Id.ToString())
        : new WaitingParty(TurnKinds.Insert, entry.Source, entry.Since, 1, "");

    /// <summary>Those who wait, in order. Only the first of a long queue are looked at: the rest is counted with the last writer of inserts.</summary>
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
