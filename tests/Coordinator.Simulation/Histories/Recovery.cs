namespace Coordinator.Simulation.Histories;

/// <summary>How soon after the end of all causes a table's first receipt arrived.</summary>
/// <param name="Table">The table.</param>
/// <param name="After">The time; null if no receipt arrived.</param>
/// <param name="Limit">The longest time that is allowed.</param>
internal sealed record Recovery(string Table, TimeSpan? After, TimeSpan Limit);
