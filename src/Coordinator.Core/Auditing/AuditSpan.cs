namespace Coordinator.Core.Auditing;

/// <summary>The part of a ledger to read: transactions that were open between two instants, newest first, up to a limit.</summary>
/// <param name="From">Transactions that ended then or later.</param>
/// <param name="To">Transactions that began before.</param>
/// <param name="Limit">The maximum number of results.</param>
public sealed record AuditSpan(DateTimeOffset From, DateTimeOffset To, int Limit);
