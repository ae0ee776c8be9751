namespace Coordinator.Simulation.Histories;

/// <summary>A table and its ledger after the end.</summary>
internal sealed record StoredTable(string Name, IReadOnlyList<StoredRow> Rows, IReadOnlyList<StoredRange> Ledger);
