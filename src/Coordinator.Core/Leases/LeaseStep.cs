namespace Coordinator.Core.Leases;

/// <summary>The next step of a lease.</summary>
/// <param name="Kind">What to ask the store.</param>
/// <param name="Delay">How long from now; zero when it is due.</param>
public readonly record struct LeaseStep(LeaseStepKind Kind, TimeSpan Delay);
