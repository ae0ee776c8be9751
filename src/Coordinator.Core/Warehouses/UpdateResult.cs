using Coordinator.Core.Ledger;

namespace Coordinator.Core.Warehouses;

/// <summary>A committed update.</summary>
/// <param name="CommittedAt">The warehouse's clock just before COMMIT.</param>
/// <param name="RowsAffected">Rows that the SQL inserted, updated or deleted, as the warehouse counts them.</param>
/// <param name="Already">Where the ledger had it when it was committed by an earlier try; else null.</param>
public sealed record UpdateResult(DateTimeOffset CommittedAt, long RowsAffected, LedgerEntry? Already)
{
    /// <summary>What the ledger's row covers: the intent's own number, and those of ticks that were coalesced. It begins before the intent's own if that was coalesced.</summary>
    public required SequenceRange Range { get; init; }

    /// <summary>The rows of each statement, in order; empty if the ledger had it already.</summary>
    public IReadOnlyList<long> StatementRows { get; init; } = [];
}
