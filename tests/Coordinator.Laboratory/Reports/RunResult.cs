namespace Coordinator.Laboratory.Reports;

/// <summary>What one run of a fault showed.</summary>
/// <param name="Duplicates">Activations that began while another of their table was not over.</param>
/// <param name="Overlaps">Transactions that were open at the same time as one of another activation of their table: seen in the ledger or stopped at the fence.</param>
/// <param name="Interleaved">Committed transactions of an activation that another had followed already.</param>
/// <param name="StallMilliseconds">The longest time that a table went without a receipt.</param>
internal sealed record RunResult(int Duplicates, int Overlaps, int Interleaved, double StallMilliseconds);
