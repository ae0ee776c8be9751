namespace Coordinator.Core.Ledger;

/// <summary>A ledger's information about a committed intent.</summary>
public sealed record LedgerEntry(Guid BatchId, DateTimeOffset CommittedAt);
