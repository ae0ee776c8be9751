using Coordinator.Core.Auditing;

namespace Coordinator.Doctor.Auditing;

/// <summary>The answer of <c>audit writes</c>.</summary>
/// <param name="From">The start of the time span.</param>
/// <param name="To">The end of the time span.</param>
/// <param name="Ledgers">The number of ledgers read.</param>
/// <param name="More">True if the limit omitted some.</param>
/// <param name="Writes">Transactions, newest first.</param>
internal sealed record WritesAnswer(DateTimeOffset From, DateTimeOffset To, int Ledgers, bool More, IReadOnlyList<WriteView> Writes)
{
    public static WritesAnswer Of(AuditSpan span, AuditAnswer<LedgerWrite> answer) =>
        new(span.From, span.To, answer.Ledgers, answer.IsCut, [.. answer.Found.Select(WriteView.Of)]);

    public IEnumerable<string> Lines()
    {
        foreach (var write in Writes) yield return write.Line();
        yield return $"{Words.Count(Writes.Count, "transaction")} of {Words.Count(Ledgers, "table")} from {From:u} to "
            + $"{To:u}{(More ? "; there are more: raise --limit" : "")}";
    }
}
