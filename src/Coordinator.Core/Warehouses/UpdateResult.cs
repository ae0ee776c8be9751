using Coordinator.Core.Ledger;

namespace Coordinator.Core.Warehouses;

/// <summary>A committed update.</summary>
/// <param name="CommittedAt">The warehouse's clock immediately before COMMIT.</param>
/// <param name="RowsAffected">Rows that the SQL inserted, updated or deleted, as the warehouse counts them.</param>
/// <param name="Already">The ledger entry if an earlier try committed it; else null.</param>
public sealed record UpdateResult(DateTimeOffset CommittedAt, long RowsAffected, LedgerEntry? Already)
{
    /// <summary>The range of the ledger row: the intent's own number, and those of coalesced ticks. It begins before the intent's own number if
    /// the intent was coalesced.</summary>
    public required SequenceRange Range { get; init; }

    /// <summary>The rows of each statement, in order; empty if the ledger already had it.</summary>
    public IReadOnlyList<long> StatementRows { get; init; } = [];
}
