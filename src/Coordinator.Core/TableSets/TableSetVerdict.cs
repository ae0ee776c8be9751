using Coordinator.Tables;

namespace Coordinator.Core.TableSets;

/// <summary>Whether an update's tables are known: then which are to be reserved, else what its caller should do.</summary>
/// <param name="Writes">The tables to reserve exclusively.</param>
/// <param name="Reads">The tables to reserve shared.</param>
/// <param name="Rejection">What is wrong and what would be right; null if nothing is.</param>
public sealed record TableSetVerdict(IReadOnlyList<TableName> Writes, IReadOnlyList<TableName> Reads, string? Rejection = null);
