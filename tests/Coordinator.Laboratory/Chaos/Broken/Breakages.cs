using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Broken;

/// <summary>All ways to break silos.</summary>
internal static class Breakages
{
    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("receipt-before-commit", BreakageKind.ReceiptBeforeCommit, FindingKind.Lost, ["kill-silo", "restart-postgres"]),
        new("no-ledger", BreakageKind.NoLedger, FindingKind.Doubled, ["kill-silo", "end-sessions"]),
        new("no-schema-check", BreakageKind.NoSchemaCheck, FindingKind.WrongValue, ["alter-type"]),
        new("silent-outage", BreakageKind.SilentOutage, FindingKind.Silence, ["pause-postgres", "read-only-postgres"], TimeSpan.FromSeconds(16)),
    ];
}
