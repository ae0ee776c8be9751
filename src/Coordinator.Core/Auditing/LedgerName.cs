using Coordinator.Tables;

namespace Coordinator.Core.Auditing;

/// <summary>A ledger in the warehouse.</summary>
/// <param name="Table">The table of the ledger.</param>
/// <param name="Sql">The ledger's own name, quoted for SQL.</param>
public sealed record LedgerName(TableName Table, string Sql);
