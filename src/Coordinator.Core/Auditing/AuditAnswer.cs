namespace Coordinator.Core.Auditing;

/// <summary>What an audit found.</summary>
/// <param name="Ledgers">How many ledgers were asked.</param>
/// <param name="Found">The newest answers, newest first.</param>
/// <param name="IsCut">True if there are more than the limit let in.</param>
public sealed record AuditAnswer<T>(int Ledgers, IReadOnlyList<T> Found, bool IsCut);
