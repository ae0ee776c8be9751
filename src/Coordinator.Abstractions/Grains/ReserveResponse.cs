namespace Coordinator.Grains;

/// <summary>The answer to a <see cref="ReserveRequest"/>.</summary>
[GenerateSerializer, Immutable, Alias("coordinator.ReserveResponse")]
public sealed record ReserveResponse
{
    [Id(1)]
    private readonly string _activation;

    /// <summary>An answer.</summary>
    public ReserveResponse(bool granted, OwnerToken activation) => (Granted, _activation) = (granted, activation.ToString());

    /// <summary>True if the turn is held now; false if it still waits or, for a renewal, if it was lost.</summary>
    [Id(0)]
    public bool Granted { get; private init; }

    /// <summary>The activation that granted the turn. A successor remembers it: a renewal with another activation's grant is refused.</summary>
    public OwnerToken Activation => OwnerToken.Read(_activation);
}
