namespace Coordinator.Core.Auditing;

/// <summary>Which part of a ledger is asked about: transactions that were open between two instants, the newest so many of them.</summary>
/// <param name="From">Those that ended then or later.</param>
/// <param name="To">Those that began before.</param>
/// <param name="Limit">The most answers.</param>
public sealed record AuditSpan(DateTimeOffset From, DateTimeOffset To, int Limit);
