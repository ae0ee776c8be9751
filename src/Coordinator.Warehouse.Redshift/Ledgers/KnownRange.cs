using Coordinator.Core.Ledger;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>A row of a ledger that has some of what was about to be written.</summary>
internal sealed record KnownRange(Guid Origin, long First, long Last, long Rows, LedgerEntry Entry)
{
    public SequenceRange Range => new(Origin, First, Last, Rows);
}
