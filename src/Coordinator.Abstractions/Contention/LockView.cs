namespace Coordinator.Contention;

/// <summary>A ghetto lock from its activation's point of view.</summary>
/// <param name="State">How the lease stands; <see cref="LeaseState.Unverified"/> also while it is held and memcached did not answer the last
/// request.</param>
/// <param name="Owner">The owner's token: this activation's own if held, the rival's if waiting.</param>
/// <param name="RemainingMilliseconds">The time for which the lease is still certain; 0 if it is not.</param>
// Id 0 is retired: it was the state as text.
[GenerateSerializer, Immutable, Alias("coordinator.LockView")]
public sealed record LockView([property: Id(3)] LeaseState State, [property: Id(1)] string Owner, [property: Id(2)] double RemainingMilliseconds);
