using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Redshift.Failures;

/// <summary>What errors mean, as data: the first rule that matches counts, and what none matches was refused by a server that knows best.</summary>
/// <remarks>A server's own trouble, told in words that no rule knows, counts as an unknown outcome: the ledger is asked before anything is tried again, and it is logged.</remarks>
internal static class FailureTable
{
    public static FailureCause CauseOf(this IReadOnlyList<FailureRule> rules, string sqlState, string message) =>
        rules.FirstOrDefault(rule => rule.Matches(sqlState, message))?.Cause ?? FailureCause.RejectedStatement;

    /// <summary>What a cause means for the transaction.</summary>
    public static FailureKind KindOf(FailureCause cause) => cause switch
    {
        FailureCause.Conflict or FailureCause.Deadlock or FailureCause.LockTimeout => FailureKind.Conflict,
        FailureCause.RejectedRow or FailureCause.RejectedStatement or FailureCause.Permission => FailureKind.Rejected,
        FailureCause.UnknownOutcome or FailureCause.Internal => FailureKind.Unknown,
        _ => FailureKind.Unavailable,
    };
}
