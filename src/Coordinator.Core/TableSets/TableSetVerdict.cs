using Coordinator.Tables;

namespace Coordinator.Core.TableSets;

/// <summary>Whether an update's tables are known: the tables to reserve, or what its caller should do.</summary>
/// <param name="Writes">The tables to reserve exclusively.</param>
/// <param name="Reads">The tables to reserve shared.</param>
/// <param name="Rejection">What is wrong and what would be right; null if nothing is wrong.</param>
public sealed record TableSetVerdict(IReadOnlyList<TableName> Writes, IReadOnlyList<TableName> Reads, string? Rejection = null);
