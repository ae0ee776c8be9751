using System.CommandLine;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>audit</c>: reads the ledgers in the warehouse, without a silo.</summary>
internal sealed class AuditCommand : Command
{
    public AuditCommand(CommandContext context)
        : base("audit", "Ask the ledgers in the warehouse who wrote when, and whether activations overlapped. Reads Coordinator:Warehouse as the "
            + "silo does; writes nothing.")
    {
        Subcommands.Add(new AuditWritesCommand(context));
        Subcommands.Add(new AuditOverlapsCommand(context));
    }
}
