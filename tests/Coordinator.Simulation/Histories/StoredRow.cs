namespace Coordinator.Simulation.Histories;

/// <summary>A row as the table has it.</summary>
internal readonly record struct StoredRow(long Key, string Value);
