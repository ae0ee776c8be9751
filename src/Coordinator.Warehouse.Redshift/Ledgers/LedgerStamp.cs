using Coordinator.Grains;

namespace Coordinator.Warehouse.Redshift.Ledgers;

/// <summary>Values that all ledger rows of a transaction share.</summary>
internal sealed record LedgerStamp(Guid BatchId, OwnerToken Activation, DateTimeOffset StartedAt, DateTimeOffset EndedAt);
