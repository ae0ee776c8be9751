namespace Coordinator.Simulation.Leases;

/// <summary>The result of a history.</summary>
/// <param name="Problem">The violation; null if there is none.</param>
/// <param name="Turns">How often a lock was acquired.</param>
/// <param name="Reasserted">How often a current owner restored its key.</param>
/// <param name="History">All events, if they were recorded.</param>
internal sealed record LeaseVerdict(string? Problem, int Turns, int Reasserted, IReadOnlyList<string> History);
