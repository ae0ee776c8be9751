namespace Coordinator.Contention;

/// <summary>A ghetto lock as its activation sees it.</summary>
/// <param name="State"><c>none</c>, <c>held</c>, <c>unverified</c> (memcached did not answer when it was last asked), <c>waiting</c>, <c>quarantined</c>, <c>lost</c> or <c>released</c>.</param>
/// <param name="Owner">The owner's token: this activation's when held, the rival's when waiting.</param>
/// <param name="RemainingMilliseconds">How long the lease is still certain; 0 if it is not.</param>
[GenerateSerializer, Immutable, Alias("coordinator.LockView")]
public sealed record LockView([property: Id(0)] string State, [property: Id(1)] string Owner, [property: Id(2)] double RemainingMilliseconds);
