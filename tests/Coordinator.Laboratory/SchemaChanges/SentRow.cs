using Coordinator.Receipts;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>A row that was sent, and its outcome.</summary>
/// <param name="Key">The value of <c>k</c>.</param>
/// <param name="Json">The value of <c>v</c>, as JSON.</param>
/// <param name="IsOld">True unless the row certainly committed after the change.</param>
/// <param name="Receipt">The receipt; null without an answer.</param>
/// <param name="Seconds">The time until the answer.</param>
/// <param name="Failure">Why there was no answer.</param>
internal sealed record SentRow(string Key, string Json, bool IsOld, WriteReceipt? Receipt, double Seconds, string? Failure);
