namespace Coordinator.Simulation.Reservations;

/// <summary>The result of a history.</summary>
/// <param name="Problem">The violation; null if there is none.</param>
/// <param name="Turns">Committed turns.</param>
/// <param name="Moves">How often a table moved to another activation.</param>
/// <param name="Restarts">How often an update restarted.</param>
/// <param name="History">All events, if they were recorded.</param>
internal sealed record ReservationVerdict(string? Problem, int Turns, int Moves, int Restarts, IReadOnlyList<string> History);
