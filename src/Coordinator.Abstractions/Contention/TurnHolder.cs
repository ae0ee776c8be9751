namespace Coordinator.Contention;

/// <summary>The holder of a turn.</summary>
/// <param name="Kind">What the turn does; <see cref="TurnKind.Lock"/> while the activation waits for its own lock.</param>
/// <param name="Source">The writer, or the first of several; for a lock the owner's token, if known.</param>
/// <param name="SinceMilliseconds">The time since it got the table.</param>
/// <param name="Id">The update's intent id; empty for inserts.</param>
// Id 0 is retired: it was the kind as text.
[GenerateSerializer, Immutable, Alias("coordinator.TurnHolder")]
public sealed record TurnHolder(
    [property: Id(4)] TurnKind Kind, [property: Id(1)] string Source, [property: Id(2)] double SinceMilliseconds, [property: Id(3)] string Id = "");
