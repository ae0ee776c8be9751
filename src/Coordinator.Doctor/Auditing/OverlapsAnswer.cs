using Coordinator.Core.Auditing;

namespace Coordinator.Doctor.Auditing;

/// <summary>The answer of <c>audit overlaps</c>.</summary>
/// <param name="From">The start of the time span.</param>
/// <param name="To">The end of the time span.</param>
/// <param name="Ledgers">The number of ledgers read.</param>
/// <param name="More">True if the limit omitted some.</param>
/// <param name="Overlaps">Pairs, newest first.</param>
internal sealed record OverlapsAnswer(DateTimeOffset From, DateTimeOffset To, int Ledgers, bool More, IReadOnlyList<OverlapView> Overlaps)
{
    public static OverlapsAnswer Of(AuditSpan span, AuditAnswer<LedgerOverlap> answer) =>
        new(span.From, span.To, answer.Ledgers, answer.IsCut, [.. answer.Found.Select(OverlapView.Of)]);

    public IEnumerable<string> Lines()
    {
        foreach (var line in Overlaps.SelectMany(static overlap => overlap.Lines())) yield return line;
        yield return $"{Words.Count(Overlaps.Count, "overlap")} in {Words.Count(Ledgers, "table")} from {From:u} to "
            + $"{To:u}{(More ? "; there are more: raise --limit" : "")}";
    }
}
