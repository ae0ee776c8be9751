using Coordinator.Contention;
using Coordinator.Dashboard.Words;

namespace Coordinator.Dashboard.Charts;

/// <summary>Turns and waits as bars in lanes: one lane for inserts, and one for each source of updates.</summary>
/// <param name="From">The left edge, in milliseconds of Unix time.</param>
/// <param name="To">The right edge: now.</param>
/// <param name="Lanes">From top to bottom.</param>
/// <param name="Bars">In no particular order.</param>
public sealed record Timeline(long From, long To, IReadOnlyList<string> Lanes, IReadOnlyList<TimelineBar> Bars)
{
    /// <summary>The lane of all inserts.</summary>
    public const string Inserts = "Inserts";

    /// <summary>The lane of locks that other activations hold.</summary>
    public const string Locks = "Another's lock";

    /// <summary>The lane of updates from sources without their own lane.</summary>
    public const string Others = "Other updates";

    /// <summary>The maximum number of named lanes, besides the lane of inserts.</summary>
    public const int MaxSources = 9;

    private static readonly TimeSpan LeastSpan = TimeSpan.FromMinutes(1);

    /// <summary>The turns of the last <paramref name="span"/>, or of the known part of it, and the present holders and waiters up to
    /// now.</summary>
    public static Timeline Of(TableDetail detail, TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var edge = detail.At - span;
        var pieces = TimelinePiece.Of(detail).Where(p => p.To > edge && p.From < detail.At).ToList();
        var from = Earlier(detail.At - LeastSpan, Later(edge, pieces.Select(static p => p.From).DefaultIfEmpty(edge).Min()));
        var sources = pieces.Where(static p => !TurnWords.IsInsert(p.Kind)).GroupBy(static p => p.Source)
            .OrderByDescending(static g => g.Max(static p => p.To)).ThenBy(static g => g.Key, StringComparer.Ordinal).Select(static g => g.Key)
            .ToList();
        var named = sources.Take(MaxSources).Order(StringComparer.Ordinal).Select(TurnWords.Source).ToList();
        List<string> lanes = [Inserts, .. named];
        if (sources.Count > MaxSources) lanes.Add(Others);
        var bars = pieces.Select(p => Bar(p, from, detail.At, lanes)).ToList();
        return new(from.ToUnixTimeMilliseconds(), detail.At.ToUnixTimeMilliseconds(), lanes, bars);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static TimelineBar Bar(TimelinePiece piece, DateTimeOffset from, DateTimeOffset to, List<string> lanes) => new(
        TurnWords.IsInsert(piece.Kind) ? 0 : lanes.IndexOf(TurnWords.Source(piece.Source)) is > 0 and var lane ? lane : lanes.Count - 1,
        Later(piece.From, from).ToUnixTimeMilliseconds(),
        Earlier(piece.To, to).ToUnixTimeMilliseconds(),
        piece.Kind.ToText(),
        piece.IsWait,
        piece.IsBad,
        piece.Hint);
}
