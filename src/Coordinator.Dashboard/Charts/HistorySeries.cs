using Coordinator.Contention;

namespace Coordinator.Dashboard.Charts;

/// <summary>A table's last hour, slot by slot, as lines and bars.</summary>
/// <param name="At">When the slots began, in milliseconds of Unix time.</param>
/// <param name="ContentionSeconds">How old the oldest wait was on average.</param>
/// <param name="InsertsHeldPercent">How much of the slot inserts had the table.</param>
/// <param name="UpdatesHeldPercent">How much of it updates had it; past 100 where several read it beside each other.</param>
/// <param name="RowsPerSecond">Rows that inserts committed.</param>
/// <param name="Conflicts">Transactions failed by conflict.</param>
public sealed record HistorySeries(
    IReadOnlyList<long> At,
    IReadOnlyList<double> ContentionSeconds,
    IReadOnlyList<double> InsertsHeldPercent,
    IReadOnlyList<double> UpdatesHeldPercent,
    IReadOnlyList<double> RowsPerSecond,
    IReadOnlyList<int> Conflicts)
{
    /// <summary>The last hour up to <paramref name="now"/>; slots that are not in the history had nothing in them.</summary>
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

    // The running slot is as long as it has lasted.
    private static double Seconds(HistorySlot slot, DateTimeOffset now) => Math.Clamp((now - slot.At).TotalSeconds, 1, HistorySlot.Length.TotalSeconds);
}
