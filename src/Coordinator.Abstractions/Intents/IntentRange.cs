namespace Coordinator.Intents;

/// <summary>Neighbouring intents of one origin, for questions.</summary>
/// <param name="Origin">The origin.</param>
/// <param name="First">The first sequence.</param>
/// <param name="Last">The last, itself included. <see cref="long.MaxValue"/> leaves the end open.</param>
[GenerateSerializer, Immutable, Alias("coordinator.IntentRange")]
public readonly record struct IntentRange([property: Id(0)] Guid Origin, [property: Id(1)] long First, [property: Id(2)] long Last)
{
    /// <summary>The number of an anchor, which no intent has.</summary>
    public const long AnchorSequence = -1;

    /// <summary>What asks for an anchor (<see cref="InsertIntent.Anchors"/>).</summary>
    public static IntentRange OfAnchor(Guid anchor) => new(anchor, AnchorSequence, AnchorSequence);
}
