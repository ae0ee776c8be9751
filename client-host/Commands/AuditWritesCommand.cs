using Coordinator.Doctor.Auditing;
using Coordinator.Core.Auditing;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>audit writes</c>: lists the writers and their times.</summary>
internal sealed class AuditWritesCommand(CommandContext context)
    : AuditQueryCommand("writes", "Who wrote when: the committed transactions of a table, the newest first.", "1h", context)
{
    public override IReadOnlyList<string> Examples =>
    [
        "client-host audit writes --table events",
        "client-host audit writes --table sales.orders --since 2026-07-01T12:00Z --until 2026-07-01T12:10Z --limit 1000 --json",
        "client-host audit writes --since 15m --Coordinator:Warehouse:Provider=Postgres "
            + "--Coordinator:Warehouse:ConnectionString=\"Host=db;Database=warehouse\"",
    ];

    protected override async Task AskAsync(
        LedgerAudit audit, TableName? table, AuditSpan span, CommandOutput output, CancellationToken cancellationToken)
    {
        var answer = WritesAnswer.Of(span, await audit.WritesAsync(table, span, cancellationToken));
        output.Answer(answer, answer.Lines());
    }
}
