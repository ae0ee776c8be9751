using Coordinator.Doctor.Auditing;
using Coordinator.Core.Auditing;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>audit overlaps</c>: finds activations that overlapped.</summary>
internal sealed class AuditOverlapsCommand(CommandContext context)
    : AuditQueryCommand("overlaps", "Did activations overlap: pairs of committed transactions of different activations of one table that were open "
        + "at the same time.", "24h", context)
{
    public override IReadOnlyList<string> Examples =>
    [
        "client-host audit overlaps",
        "client-host audit overlaps --table events --since 7d --json",
    ];

    protected override async Task AskAsync(
        LedgerAudit audit, TableName? table, AuditSpan span, CommandOutput output, CancellationToken cancellationToken)
    {
        var answer = OverlapsAnswer.Of(span, await audit.OverlapsAsync(table, span, cancellationToken));
        output.Answer(answer, answer.Lines());
    }
}
