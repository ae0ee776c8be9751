using Coordinator.Tables;

namespace Coordinator.Core.Ledger;

/// <summary>A ledger row, as the result of a search in several ledgers.</summary>
/// <param name="Table">The table whose ledger has it.</param>
/// <param name="Known">The row, without its content hash.</param>
public sealed record FoundRange(TableName Table, KnownRange Known);
