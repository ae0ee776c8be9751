namespace Coordinator.Core.Ledger;

/// <summary>One row of a ledger: neighbouring sequence numbers of one origin that share a batch.</summary>
/// <param name="Origin">Whose numbers.</param>
/// <param name="First">The first.</param>
/// <param name="Last">The last, itself included.</param>
/// <param name="Rows">The rows of all its intents.</param>
public readonly record struct SequenceRange(Guid Origin, long First, long Last, long Rows);
