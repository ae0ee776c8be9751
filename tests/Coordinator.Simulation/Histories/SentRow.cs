namespace Coordinator.Simulation.Histories;

/// <summary>A row as its caller meant it.</summary>
/// <param name="Key">A number that no other intent's rows have.</param>
/// <param name="Value">Its other columns as text; null if the warehouse computes them.</param>
internal readonly record struct SentRow(long Key, string? Value);
