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
    /// <summary>Those who wait, in order. Only the first of a long queue are looked at: the rest is counted with the last writer of inserts.</summary>
    public static IReadOnlyList<WaitingParty> Of(IEnumerable<QueueEntry> looked, int depth)
    {
        var parties = new List<WaitingParty>();
        var seen = 0;
        foreach (var entry in looked)
        {
            seen++;
            if (entry is ReservationEntry update)
            {
                parties.Add(new WaitingParty(TurnKinds.Of(update.Mode), update.Holder.Source, update.EnqueuedAt, 1, update.Id.ToString()));
                continue;
            }

            var at = parties.FindIndex(p => p.Id.Length == 0 && p.Source == entry.Source);
            if (at < 0) parties.Add(new WaitingParty(TurnKinds.Insert, entry.Source, entry.EnqueuedAt, 1, ""));
            else parties[at] = parties[at] with { Count = parties[at].Count + 1 };
        }

        if (depth > seen && parties.FindLastIndex(static p => p.Id.Length == 0) is var last && last >= 0)
            parties[last] = parties[last] with { Count = parties[last].Count + depth - seen };
        return parties;
    }
}
