namespace Coordinator.Core.Ledger;

/// <summary>A row of a ledger, for those who ask what an origin did.</summary>
/// <param name="Range">Which numbers it covers.</param>
/// <param name="Entry">Their transaction, and when it committed.</param>
/// <param name="StartedAt">When the transaction began.</param>
public sealed record LedgerRun(SequenceRange Range, LedgerEntry Entry, DateTimeOffset StartedAt);
