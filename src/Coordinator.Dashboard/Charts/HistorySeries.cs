using Coordinator.Contention;

namespace Coordinator.Dashboard.Charts;

/// <summary>A table's last hour, slot by slot, as lines and bars.</summary>
/// <param name="At">The start of each slot, in milliseconds of Unix time.</param>
/// <param name="ContentionSeconds">The average age of the oldest wait.</param>
/// <param name="InsertsHeldPercent">The share of the slot during which inserts had the table.</param>
/// <param name="UpdatesHeldPercent">The share of the slot during which updates had it; above 100 if several read it at the same time.</param>
/// <param name="RowsPerSecond">Rows that inserts committed.</param>
/// <param name="Conflicts">Transactions that failed because of a conflict.</param>
public sealed record HistorySeries(
    IReadOnlyList<long> At,
    IReadOnlyList<double> ContentionSeconds,
    IReadOnlyList<double> InsertsHeldPercent,
    IReadOnlyList<double> UpdatesHeldPercent,
    IReadOnlyList<double> RowsPerSecond,
    IReadOnlyList<int> Conflicts)
{
    /// <summary>The last hour up to <paramref name="now"/>. Slots that are missing from the history are empty.</summary>
    public static HistorySeries Of(IReadOnlyList<HistorySlot> history, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        var slots = Slots(history, now).ToList();
        return new(
            [.. slots.Select(static s => s.At.ToUnixTimeMilliseconds())],
            [.. slots.Select(static s => Math.Round(s.ContentionMilliseconds / 1000, 3))],
            [.. slots.Select(s => Percent(s.InsertsHeldMilliseconds, s, now))],
            [.. slots.Select(s => Percent(s.UpdatesHeldMilliseconds, s, now))],
            [.. slots.Select(s => Math.Round(s.Rows / Seconds(s, now), 1))],
            [.. slots.Select(static s => s.Conflicts)]);
    }

    private static IEnumerable<HistorySlot> Slots(IReadOnlyList<HistorySlot> history, DateTimeOffset now)
    {
        var known = history.ToDictionary(static s => s.At);
        var running = new DateTimeOffset(now.UtcTicks - now.UtcTicks % HistorySlot.Length.Ticks, TimeSpan.Zero);
        for (var i = HistorySlot.InAnHour - 1; i >= 0; i--)
        {
            var at = running - i * HistorySlot.Length;
            yield return known.TryGetValue(at, out var slot) ? slot : new HistorySlot { At = at };
        }
    }

    private static double Percent(double milliseconds, HistorySlot slot, DateTimeOffset now) => Math.Round(milliseconds / 10 / Seconds(slot, now), 1);

    // The present slot is shorter: it ends now.
    private static double Seconds(HistorySlot slot, DateTimeOffset now) =>
        Math.Clamp((now - slot.At).TotalSeconds, 1, HistorySlot.Length.TotalSeconds);
}
