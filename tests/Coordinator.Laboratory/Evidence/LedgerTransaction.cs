namespace Coordinator.Laboratory.Evidence;

/// <summary>A committed transaction, as a ledger records it.</summary>
internal readonly record struct LedgerTransaction(string Activation, DateTime Started, DateTime Ended);
