namespace Coordinator.Contention;

/// <summary>A waiter for a turn: an update, or all inserts of a writer.</summary>
/// <param name="Kind"><c>insert</c>, <c>exclusive</c> or <c>shared</c>.</param>
/// <param name="Source">The writer.</param>
/// <param name="SinceMilliseconds">How long the update, or the oldest of the inserts, has waited.</param>
/// <param name="Count">The number of inserts; 1 for an update.</param>
/// <param name="Id">The update's intent id; empty for inserts.</param>
[GenerateSerializer, Immutable, Alias("coordinator.TurnWaiter")]
public sealed record TurnWaiter(
    [property: Id(0)] string Kind, [property: Id(1)] string Source, [property: Id(2)] double SinceMilliseconds, [property: Id(3)] int Count,
    [property: Id(4)] string Id = "");
