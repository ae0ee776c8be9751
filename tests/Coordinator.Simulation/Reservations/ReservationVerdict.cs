namespace Coordinator.Simulation.Reservations;

/// <summary>How a history went.</summary>
/// <param name="Problem">What must not be; null if all was well.</param>
/// <param name="Turns">Committed turns.</param>
/// <param name="Moves">How often a table went on under another activation.</param>
/// <param name="Restarts">How often an update started again.</param>
/// <param name="History">All that happened, if it was recorded.</param>
internal sealed record ReservationVerdict(string? Problem, int Turns, int Moves, int Restarts, IReadOnlyList<string> History);
