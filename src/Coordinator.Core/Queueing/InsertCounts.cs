namespace Coordinator.Core.Queueing;

/// <summary>What became of the intents of an insert turn.</summary>
/// <param name="Committed">Intents committed now.</param>
/// <param name="Already">Intents that were found committed.</param>
/// <param name="Rejected">Intents refused.</param>
/// <param name="Failed">Intents without a receipt.</param>
public readonly record struct InsertCounts(int Committed, int Already, int Rejected, int Failed);
