namespace Coordinator.Contention;

/// <summary>A ghetto lock from its activation's point of view.</summary>
/// <param name="State"><c>none</c>, <c>held</c>, <c>unverified</c> (memcached did not answer the last request), <c>waiting</c>,
/// <c>quarantined</c>, <c>lost</c> or <c>released</c>.</param>
/// <param name="Owner">The owner's token: this activation's own if held, the rival's if waiting.</param>
/// <param name="RemainingMilliseconds">The time for which the lease is still certain; 0 if it is not.</param>
[GenerateSerializer, Immutable, Alias("coordinator.LockView")]
public sealed record LockView([property: Id(0)] string State, [property: Id(1)] string Owner, [property: Id(2)] double RemainingMilliseconds);
