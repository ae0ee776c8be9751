using Coordinator.Contention;

namespace Coordinator.Dashboard.Detail;

/// <summary>Five minutes of a table's history.</summary>
/// <param name="At">The start.</param>
/// <param name="ContentionMilliseconds">The value of the worst slot.</param>
/// <param name="InsertsHeldMilliseconds">The time for which inserts had the table.</param>
/// <param name="UpdatesHeldMilliseconds">The time for which updates had it.</param>
/// <param name="Intents">Committed intents.</param>
/// <param name="Rows">Rows committed by inserts.</param>
/// <param name="Conflicts">Transactions that failed because of a conflict.</param>
public sealed record HistoryRow(
    DateTimeOffset At, double ContentionMilliseconds, double InsertsHeldMilliseconds, double UpdatesHeldMilliseconds, long Intents, long Rows,
    int Conflicts)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    /// <summary>Sums slots up, latest first.</summary>
    public static IEnumerable<HistoryRow> Of(IEnumerable<HistorySlot> history) => history
        .GroupBy(static s => s.At.UtcTicks / Length.Ticks)
        .OrderByDescending(static g => g.Key)
        .Select(static g => new HistoryRow(
            new DateTimeOffset(g.Key * Length.Ticks, TimeSpan.Zero),
            g.Max(static s => s.ContentionMilliseconds),
            g.Sum(static s => s.InsertsHeldMilliseconds),
            g.Sum(static s => s.UpdatesHeldMilliseconds),
            g.Sum(static s => s.Intents),
            g.Sum(static s => s.Rows),
            g.Sum(static s => s.Conflicts)));
}
