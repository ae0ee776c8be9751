using Coordinator.Core.Warehouses;

namespace Coordinator.Warehouse.Npgsql.Failures;

/// <summary>The meaning of errors as data: the first matching rule applies. An error without a rule is a rejection by the server.</summary>
/// <remarks>An internal error of the server that matches no rule counts as an unknown outcome: the ledger is read before any retry, and the
/// error is logged.</remarks>
internal static class FailureTable
{
    public static FailureCause CauseOf(this IReadOnlyList<FailureRule> rules, string sqlState, string message) =>
        rules.FirstOrDefault(rule => rule.Matches(sqlState, message))?.Cause ?? FailureCause.RejectedStatement;

    /// <summary>The effect of a cause on the transaction.</summary>
    public static FailureKind KindOf(FailureCause cause) => cause switch
    {
        FailureCause.Conflict or FailureCause.Deadlock or FailureCause.LockTimeout => FailureKind.Conflict,
        FailureCause.RejectedRow or FailureCause.RejectedStatement or FailureCause.Permission => FailureKind.Rejected,
        FailureCause.UnknownOutcome or FailureCause.Internal or FailureCause.UnexplainedRefusal => FailureKind.Unknown,
        _ => FailureKind.Unavailable,
    };
}
