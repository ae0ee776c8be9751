using Coordinator.Core.Auditing;

namespace Coordinator.ClientHost.Auditing;

/// <summary>Whether activations overlapped.</summary>
/// <param name="From">The span that was asked about.</param>
/// <param name="To">Its end.</param>
/// <param name="Ledgers">How many ledgers were asked.</param>
/// <param name="More">True if the limit left some out.</param>
/// <param name="Overlaps">Pairs, the newest first.</param>
internal sealed record OverlapsAnswer(DateTimeOffset From, DateTimeOffset To, int Ledgers, bool More, IReadOnlyList<OverlapView> Overlaps)
{
    public static OverlapsAnswer Of(AuditSpan span, AuditAnswer<LedgerOverlap> answer) => new(span.From, span.To, answer.Ledgers, answer.IsCut, [.. answer.Found.Select(OverlapView.Of)]);

    public IEnumerable<string> Lines()
    {
        foreach (var line in Overlaps.SelectMany(static overlap => overlap.Lines())) yield return line;
        yield return $"{Words.Count(Overlaps.Count, "overlap")} in {Words.Count(Ledgers, "table")} from {From:u} to {To:u}{(More ? "; there are more: raise --limit" : "")}";
    }
}
