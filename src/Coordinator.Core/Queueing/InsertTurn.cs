namespace Coordinator.Core.Queueing;

/// <summary>Inserts that share a transaction, and so a turn.</summary>
/// <param name="Entries">In the order of the queue; at least one, all with the same column names.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="StartedAt">A timestamp of the queue's clock.</param>
/// <param name="IsOfRejected">True if the warehouse rejected rows of all these sources within the last minute.</param>
public sealed record InsertTurn(IReadOnlyList<InsertEntry> Entries, long Rows, long StartedAt, bool IsOfRejected = false);
