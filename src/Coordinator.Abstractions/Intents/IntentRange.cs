namespace Coordinator.Intents;

/// <summary>Consecutive intents of one origin, for queries.</summary>
/// <param name="Origin">The origin.</param>
/// <param name="First">The first sequence.</param>
/// <param name="Last">The last sequence, inclusive. <see cref="long.MaxValue"/> means no end.</param>
[GenerateSerializer, Immutable, Alias("coordinator.IntentRange")]
public readonly record struct IntentRange([property: Id(0)] Guid Origin, [property: Id(1)] long First, [property: Id(2)] long Last)
{
    /// <summary>The sequence of an anchor, which no intent has.</summary>
    public const long AnchorSequence = -1;

    /// <summary>The range that finds an anchor (<see cref="InsertIntent.Anchors"/>).</summary>
    public static IntentRange OfAnchor(Guid anchor) => new(anchor, AnchorSequence, AnchorSequence);
}
