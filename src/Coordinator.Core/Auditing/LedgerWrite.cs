using Coordinator.Tables;

namespace Coordinator.Core.Auditing;

/// <summary>A committed transaction as one table's ledger has it: who wrote, when, and how much.</summary>
/// <param name="Table">The table that was written.</param>
/// <param name="BatchId">The transaction's name; an update of several tables has the same in each ledger.</param>
/// <param name="Activation">The owner token of the activation that wrote; it begins with its silo's name.</param>
/// <param name="StartedAt">When the transaction began, by the warehouse's clock.</param>
/// <param name="EndedAt">When it was recorded, shortly before COMMIT.</param>
/// <param name="Origins">How many writers it served.</param>
/// <param name="Intents">How many intents; the ticks that a job's run covers count each.</param>
/// <param name="Rows">How many rows.</param>
public sealed record LedgerWrite(
    TableName Table, Guid BatchId, string Activation, DateTimeOffset StartedAt, DateTimeOffset EndedAt, long Origins, long Intents, long Rows);
