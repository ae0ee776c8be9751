namespace Coordinator.Contention;

/// <summary>Whose turn it is.</summary>
/// <param name="Kind"><c>insert</c>, <c>exclusive</c>, <c>shared</c>, or <c>lock</c> while the activation waits for its own lock, which another has or had.</param>
/// <param name="Source">The writer, or the first of several; of a lock its owner's token, if one was seen.</param>
/// <param name="SinceMilliseconds">How long it has held the table.</param>
/// <param name="Id">The update's intent id; empty for inserts.</param>
[GenerateSerializer, Immutable, Alias("coordinator.TurnHolder")]
public sealed record TurnHolder(
    [property: Id(0)] string Kind, [property: Id(1)] string Source, [property: Id(2)] double SinceMilliseconds, [property: Id(3)] string Id = "");
