using Coordinator.Contention;

namespace Coordinator.Dashboard.Detail;

/// <summary>Five minutes of a table's history.</summary>
/// <param name="At">When they began.</param>
/// <param name="ContentionMilliseconds">That of the worst slot.</param>
/// <param name="InsertsHeldMilliseconds">How long inserts had the table.</param>
/// <param name="UpdatesHeldMilliseconds">How long updates had it.</param>
/// <param name="Intents">Intents committed.</param>
/// <param name="Rows">Rows committed by inserts.</param>
/// <param name="Conflicts">Transactions failed by conflict.</param>
public sealed record HistoryRow(
    DateTimeOffset At, double ContentionMilliseconds, double InsertsHeldMilliseconds, double UpdatesHeldMilliseconds, long Intents, long Rows, int Conflicts)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    /// <summary>Adds slots up, the latest first.</summary>
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
