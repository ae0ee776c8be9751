namespace Coordinator.Demo;

/// <summary>Writing transactions at one moment.</summary>
internal readonly record struct TransactionCounts(long Transactions, long Conflicts, long Retried);
