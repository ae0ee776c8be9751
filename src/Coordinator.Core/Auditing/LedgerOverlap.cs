namespace Coordinator.Core.Auditing;

/// <summary>Two committed transactions of different activations of one table that were open at the same time.</summary>
/// <param name="First">The transaction that began first.</param>
/// <param name="Second">The transaction that began while the first was open.</param>
public sealed record LedgerOverlap(LedgerWrite First, LedgerWrite Second)
{
    /// <summary>How long both were open.</summary>
    public TimeSpan Duration => (First.EndedAt < Second.EndedAt ? First.EndedAt : Second.EndedAt) - Second.StartedAt;
}
