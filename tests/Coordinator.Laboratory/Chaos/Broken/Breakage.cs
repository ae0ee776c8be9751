using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos.Broken;

/// <summary>A way to break silos.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Kind">What is broken.</param>
/// <param name="Expected">What a run must find.</param>
/// <param name="Faults">The faults that show it.</param>
/// <param name="AtLeast">How long they must last to show it.</param>
internal sealed record Breakage(string Name, BreakageKind Kind, FindingKind Expected, IReadOnlyList<string> Faults, TimeSpan AtLeast = default);
