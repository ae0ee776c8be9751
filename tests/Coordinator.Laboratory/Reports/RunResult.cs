namespace Coordinator.Laboratory.Reports;

/// <summary>The results of one run of a fault.</summary>
/// <param name="Duplicates">Activations that began before another activation of their table was over.</param>
/// <param name="Overlaps">Transactions that were open at the same time as one of another activation of their table: recorded in the ledger or
/// stopped at the fence.</param>
/// <param name="Interleaved">Committed transactions of an activation that came after another activation's.</param>
/// <param name="StallMilliseconds">The longest time that a table had no receipt.</param>
internal sealed record RunResult(int Duplicates, int Overlaps, int Interleaved, double StallMilliseconds);
