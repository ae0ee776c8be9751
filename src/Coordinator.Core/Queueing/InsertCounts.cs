namespace Coordinator.Core.Queueing;

/// <summary>The outcomes of the intents of an insert turn.</summary>
/// <param name="Committed">Intents committed now.</param>
/// <param name="Already">Intents that were already committed.</param>
/// <param name="Rejected">Rejected intents.</param>
/// <param name="Failed">Intents without a receipt.</param>
public readonly record struct InsertCounts(int Committed, int Already, int Rejected, int Failed);
