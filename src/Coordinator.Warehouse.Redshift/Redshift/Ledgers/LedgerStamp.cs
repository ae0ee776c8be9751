namespace Coordinator.Warehouse.Redshift.Redshift.Ledgers;

/// <summary>What all rows that a transaction adds to its ledgers share.</summary>
internal sealed record LedgerStamp(Guid BatchId, string Activation, DateTimeOffset StartedAt, DateTimeOffset EndedAt);
