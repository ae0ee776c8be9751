namespace Coordinator.Core.Leases;

/// <summary>The next step of a lease.</summary>
/// <param name="Kind">The request to the store.</param>
/// <param name="Delay">The time until it is due; zero if it is due now.</param>
public readonly record struct LeaseStep(LeaseStepKind Kind, TimeSpan Delay);
