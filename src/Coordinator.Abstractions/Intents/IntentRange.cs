namespace Coordinator.Intents;

/// <summary>Neighbouring intents of one origin, for questions.</summary>
/// <param name="Origin">The origin.</param>
/// <param name="First">The first sequence.</param>
/// <param name="Last">The last, itself included. <see cref="long.MaxValue"/> leaves the end open.</param>
[GenerateSerializer, Immutable, Alias("coordinator.IntentRange")]
public readonly record struct IntentRange([property: Id(0)] Guid Origin, [property: Id(1)] long First, [property: Id(2)] long Last);
