namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>A transaction on one table: its ledger row, and what its rows added to the table's count and sum.</summary>
internal sealed record TableTurn(string Transaction, Guid BatchId, DateTime Started, DateTime Ended, long Count, long Sum);
