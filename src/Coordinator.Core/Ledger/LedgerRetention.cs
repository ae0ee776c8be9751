using System.Collections.Concurrent;
using Coordinator.Tables;

namespace Coordinator.Core.Ledger;

/// <summary>Decides when a table's ledger forgets: within a transaction that has its table, so that its activation alone does it.</summary>
/// <param name="keep">How long a ledger remembers an intent.</param>
/// <param name="interval">How often a ledger is pruned at most.</param>
/// <param name="time">The clock.</param>
public sealed class LedgerRetention(TimeSpan keep, TimeSpan interval, TimeProvider time)
{
    // Bounded by the number of tables in the warehouse.
    private readonly ConcurrentDictionary<TableName, DateTimeOffset> _pruned = new();

    /// <summary>The same for an update of several tables, whose ledgers are pruned together.</summary>
    public DateTimeOffset? PruneBefore(IReadOnlyList<TableName> tables) => tables.Select(PruneBefore).Max();

    /// <summary>The time before which the ledger is pruned in this turn; null if it was pruned recently. A table's first turn prunes nothing, because
    /// silos that start together would prune everything together.</summary>
    public DateTimeOffset? PruneBefore(TableName table)
    {
        var now = time.GetUtcNow();
        if (now - _pruned.GetOrAdd(table, now) < interval) return null;
        _pruned[table] = now;
        return now - keep;
    }
}
