namespace Coordinator.Core.Ledger;

/// <summary>What a ledger says of an intent that it has.</summary>
public sealed record LedgerEntry(Guid BatchId, DateTimeOffset CommittedAt);
