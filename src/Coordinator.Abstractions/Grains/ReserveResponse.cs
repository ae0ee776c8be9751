namespace Coordinator.Grains;

/// <summary>The answer to a <see cref="ReserveRequest"/>.</summary>
/// <param name="Granted">True if the turn is held now; false if it waits still, or on a renewal, if it was lost.</param>
/// <param name="Activation">The owner token of the activation that granted it, which a successor remembers: a renewal that meets another's grant is no renewal.</param>
[GenerateSerializer, Immutable, Alias("coordinator.ReserveResponse")]
public sealed record ReserveResponse([property: Id(0)] bool Granted, [property: Id(1)] string Activation);
