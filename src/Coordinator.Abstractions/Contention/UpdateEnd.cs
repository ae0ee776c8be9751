namespace Coordinator.Contention;

/// <summary>The outcome of an update that had a turn at the table.</summary>
/// <param name="Id">The update's intent id.</param>
/// <param name="Outcome">As in <see cref="TurnRecord.Outcome"/>.</param>
/// <param name="Rows">The rows that it changed in all its tables.</param>
// Id 1 is retired: it was the outcome as text.
[GenerateSerializer, Immutable, Alias("coordinator.UpdateEnd")]
public readonly record struct UpdateEnd([property: Id(0)] string Id, [property: Id(3)] TurnOutcome Outcome, [property: Id(2)] long Rows);
