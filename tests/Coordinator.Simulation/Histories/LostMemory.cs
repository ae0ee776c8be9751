namespace Coordinator.Simulation.Histories;

/// <summary>A table's ledger or fence was dropped on purpose.</summary>
internal sealed record LostMemory(string Table, DateTimeOffset Began, DateTimeOffset Ended);
