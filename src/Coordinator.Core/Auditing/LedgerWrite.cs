using Coordinator.Tables;

namespace Coordinator.Core.Auditing;

/// <summary>A committed transaction in one table's ledger: who wrote, when, and how much.</summary>
/// <param name="Table">The written table.</param>
/// <param name="BatchId">The id of the transaction; an update of several tables has the same id in each ledger.</param>
/// <param name="Activation">The owner token of the writing activation; it begins with the name of its silo.</param>
/// <param name="StartedAt">When the transaction began, by the warehouse's clock.</param>
/// <param name="EndedAt">When it was recorded, shortly before COMMIT.</param>
/// <param name="Origins">The number of writers.</param>
/// <param name="Intents">The number of intents; each tick that a job's run covers counts.</param>
/// <param name="Rows">The number of rows.</param>
public sealed record LedgerWrite(
    TableName Table, Guid BatchId, string Activation, DateTimeOffset StartedAt, DateTimeOffset EndedAt, long Origins, long Intents, long Rows);
