namespace Coordinator.Core.Auditing;

/// <summary>The result of an audit.</summary>
/// <param name="Ledgers">The number of ledgers read.</param>
/// <param name="Found">The results, newest first.</param>
/// <param name="IsCut">True if the limit omitted some.</param>
public sealed record AuditAnswer<T>(int Ledgers, IReadOnlyList<T> Found, bool IsCut);
