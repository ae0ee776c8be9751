namespace Coordinator.Contention;

/// <summary>A waiter for a turn: an update, or all inserts of a writer.</summary>
/// <param name="Kind">What the turn is to do.</param>
/// <param name="Source">The writer.</param>
/// <param name="SinceMilliseconds">How long the update, or the oldest of the inserts, has waited.</param>
/// <param name="Count">The number of inserts; 1 for an update.</param>
/// <param name="Id">The update's intent id; empty for inserts.</param>
// Id 0 is retired: it was the kind as text.
[GenerateSerializer, Immutable, Alias("coordinator.TurnWaiter")]
public sealed record TurnWaiter(
    [property: Id(5)] TurnKind Kind, [property: Id(1)] string Source, [property: Id(2)] double SinceMilliseconds, [property: Id(3)] int Count,
    [property: Id(4)] string Id = "");
