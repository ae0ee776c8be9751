namespace Coordinator.Contention;

/// <summary>The holder of a turn.</summary>
/// <param name="Kind"><c>insert</c>, <c>exclusive</c>, <c>shared</c>, or <c>lock</c> while the activation waits for its own lock, which another
/// activation has or had.</param>
/// <param name="Source">The writer, or the first of several; for a lock the owner's token, if known.</param>
/// <param name="SinceMilliseconds">The time since it got the table.</param>
/// <param name="Id">The update's intent id; empty for inserts.</param>
[GenerateSerializer, Immutable, Alias("coordinator.TurnHolder")]
public sealed record TurnHolder(
    [property: Id(0)] string Kind, [property: Id(1)] string Source, [property: Id(2)] double SinceMilliseconds, [property: Id(3)] string Id = "");
