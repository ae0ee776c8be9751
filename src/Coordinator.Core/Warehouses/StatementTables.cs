using Coordinator.Tables;

namespace Coordinator.Core.Warehouses;

/// <summary>The tables that one statement of an update touches. Views are resolved; temporary and system tables are omitted.</summary>
/// <param name="Statement">The number of the statement, from 1.</param>
/// <param name="Writes">Tables that it writes.</param>
/// <param name="Reads">Tables that it only reads, or that are the source of a temporary table created before it.</param>
/// <param name="Doubt">Why there may be more tables, as part of a sentence; null if the tables are certain.</param>
public sealed record StatementTables(int Statement, IReadOnlyList<TableName> Writes, IReadOnlyList<TableName> Reads, string? Doubt = null);
