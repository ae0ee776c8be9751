using Coordinator.Receipts;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>A row on its way, and what became of it.</summary>
/// <param name="Key">Its <c>k</c>.</param>
/// <param name="Json">Its <c>v</c>, as JSON.</param>
/// <param name="IsOld">True unless it is known to have been committed after the change.</param>
/// <param name="Receipt">The answer; null if there was none.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Failure">Why there was no answer.</param>
internal sealed record SentRow(string Key, string Json, bool IsOld, WriteReceipt? Receipt, double Seconds, string? Failure);
