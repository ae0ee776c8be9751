using Coordinator.Core.Auditing;

namespace Coordinator.ClientHost.Auditing;

/// <summary>Who wrote when.</summary>
/// <param name="From">The span that was asked about.</param>
/// <param name="To">Its end.</param>
/// <param name="Ledgers">How many ledgers were asked.</param>
/// <param name="More">True if the limit left some out.</param>
/// <param name="Writes">Transactions, the newest first.</param>
internal sealed record WritesAnswer(DateTimeOffset From, DateTimeOffset To, int Ledgers, bool More, IReadOnlyList<WriteView> Writes)
{
    public static WritesAnswer Of(AuditSpan span, AuditAnswer<LedgerWrite> answer) => new(span.From, span.To, answer.Ledgers, answer.IsCut, [.. answer.Found.Select(WriteView.Of)]);

    public IEnumerable<string> Lines()
    {
        foreach (var write in Writes) yield return write.Line();
        yield return $"{Words.Count(Writes.Count, "transaction")} of {Words.Count(Ledgers, "table")} from {From:u} to {To:u}{(More ? "; there are more: raise --limit" : "")}";
    }
}
