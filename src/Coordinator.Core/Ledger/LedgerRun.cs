namespace Coordinator.Core.Ledger;

/// <summary>A ledger row, as the result of a query for an origin.</summary>
/// <param name="Range">The numbers that it covers.</param>
/// <param name="Entry">The transaction, and when it committed.</param>
/// <param name="StartedAt">When the transaction began.</param>
public sealed record LedgerRun(SequenceRange Range, LedgerEntry Entry, DateTimeOffset StartedAt);
