namespace Coordinator.Grains;

/// <summary>The answer to a <see cref="ReserveRequest"/>.</summary>
/// <param name="Granted">True if the turn is held now; false if it still waits or, for a renewal, if it was lost.</param>
/// <param name="Activation">The owner token of the activation that granted the turn. A successor remembers it: a renewal with another
/// activation's grant is refused.</param>
[GenerateSerializer, Immutable, Alias("coordinator.ReserveResponse")]
public sealed record ReserveResponse([property: Id(0)] bool Granted, [property: Id(1)] string Activation);
