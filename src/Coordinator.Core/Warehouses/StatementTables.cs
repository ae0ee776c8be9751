using Coordinator.Tables;

namespace Coordinator.Core.Warehouses;

/// <summary>The tables that one statement of an update touches. Views are resolved, temporary and system tables left out.</summary>
/// <param name="Statement">Which statement, from 1 up.</param>
/// <param name="Writes">Tables that it writes.</param>
/// <param name="Reads">Tables that it only reads, or that a temporary table made before it was made from.</param>
/// <param name="Doubt">Why there may be more tables than these, as half a sentence; null if there are none.</param>
public sealed record StatementTables(int Statement, IReadOnlyList<TableName> Writes, IReadOnlyList<TableName> Reads, string? Doubt = null);
