namespace Coordinator.Contention;

/// <summary>Who waits for a turn: an update, or a writer's inserts together.</summary>
/// <param name="Kind"><c>insert</c>, <c>exclusive</c> or <c>shared</c>.</param>
/// <param name="Source">The writer.</param>
/// <param name="SinceMilliseconds">How long it, or the oldest of its inserts, has waited.</param>
/// <param name="Count">How many inserts; 1 for an update.</param>
/// <param name="Id">The update's intent id; empty for inserts.</param>
[GenerateSerializer, Immutable, Alias("coordinator.TurnWaiter")]
public sealed record TurnWaiter(
    [property: Id(0)] string Kind, [property: Id(1)] string Source, [property: Id(2)] double SinceMilliseconds, [property: Id(3)] int Count, [property: Id(4)] string Id = "");
