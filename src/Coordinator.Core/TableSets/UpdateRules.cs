using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.TableSets;

/// <summary>The rules for updates on every warehouse that can be checked from the text and the declaration, before anything is asked, reserved
/// or run.</summary>
public static class UpdateRules
{
    /// <summary>Returns if the update may be run.</summary>
    /// <param name="intent">The update, with its parameter values in the SQL.</param>
    /// <param name="truncateCommits">Whether TRUNCATE commits, as in Redshift.</param>
    /// <exception cref="WarehouseException">The update is rejected, with the reason.</exception>
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

    /// <summary>Returns if an insert or an update may write to the table.</summary>
    /// <exception cref="WarehouseException">The table is rejected, because its schema is protected.</exception>
    public static void Ensure(TableName target)
    {
        if (ProtectedSchemas.Contains(target)) throw Rejected(ProtectedSchemas.Refusal(target));
    }

    private static WarehouseException Rejected(string reason) => new(FailureKind.Rejected, reason) { Cause = FailureCause.RejectedStatement };
}
