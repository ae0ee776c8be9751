using Coordinator.Tables;

namespace Coordinator.Core.Auditing;

/// <summary>A ledger that stands in the warehouse.</summary>
/// <param name="Table">The table whose it is.</param>
/// <param name="Sql">The ledger's own name, quoted for SQL.</param>
public sealed record LedgerName(TableName Table, string Sql);
