namespace Coordinator.Simulation.Leases;

/// <summary>How a history went.</summary>
/// <param name="Problem">What must not be; null if all was well.</param>
/// <param name="Turns">How often a lock came to be held.</param>
/// <param name="Reasserted">How often a current owner put its key back.</param>
/// <param name="History">All that happened, if it was recorded.</param>
internal sealed record LeaseVerdict(string? Problem, int Turns, int Reasserted, IReadOnlyList<string> History);
