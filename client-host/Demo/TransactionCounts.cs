namespace Coordinator.ClientHost.Demo;

/// <summary>Writing transactions, as they were at one moment.</summary>
internal readonly record struct TransactionCounts(long Transactions, long Conflicts, long Retried);
