using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.TableSets;

/// <summary>
/// What is no update in any warehouse, as far as its text and its declaration tell: judged before anything is asked, reserved or run.
/// </summary>
public static class UpdateRules
{
    /// <summary>Returns if the update may be run.</summary>
    /// <param name="intent">The update, with its parameters in place.</param>
    /// <param name="truncateCommits">Whether TRUNCATE commits, as in Redshift.</param>
    /// <exception cref="WarehouseException">It is rejected, and why.</exception>
    public static void Ensure(UpdateIntent intent, bool truncateCommits = false)
    {
        ArgumentNullException.ThrowIfNull(intent);
        foreach (var table in intent.Writes) Ensure(table);
        Ensure(intent.Sql, truncateCommits);
    }

    /// <inheritdoc cref="Ensure(UpdateIntent, bool)"/>
    /// <param name="sql">The update's SQL.</param>
    /// <param name="truncateCommits">Whether TRUNCATE commits, as in Redshift.</param>
    public static void Ensure(string sql, bool truncateCommits = false)
    {
        if ((TransactionControl.Refusal(sql, truncateCommits) ?? ProtectedMentions.Refusal(sql)) is { } reason) throw Rejected(reason);
    }

    /// <summary>Returns if the table may be written to, by an insert or an update.</summary>
    /// <exception cref="WarehouseException">It is rejected: the table's schema is protected.</exception>
    public static void Ensure(TableName target)
    {
        if (ProtectedSchemas.Contains(target)) throw Rejected(ProtectedSchemas.Refusal(target));
    }

    private static WarehouseException Rejected(string reason) => new(FailureKind.Rejected, reason) { Cause = FailureCause.RejectedStatement };
}
