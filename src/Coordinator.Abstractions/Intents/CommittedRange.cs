namespace Coordinator.Intents;

/// <summary>Consecutive intents of one origin that share a row of a table's ledger.</summary>
/// <param name="Origin">The origin.</param>
/// <param name="First">The first sequence.</param>
/// <param name="Last">The last sequence, inclusive.</param>
/// <param name="Rows">The number of rows of all these intents.</param>
/// <param name="Content">The hash of their content (<see cref="InsertIntent.ContentHash"/>); empty if unknown. For an anchor it is the origin
/// that the anchor stands for.</param>
/// <param name="CommittedAt">The warehouse's clock immediately before the commit.</param>
[GenerateSerializer, Immutable, Alias("coordinator.CommittedRange")]
public readonly record struct CommittedRange(
    [property: Id(0)] Guid Origin, [property: Id(1)] long First, [property: Id(2)] long Last, [property: Id(3)] long Rows,
    [property: Id(4)] Guid Content, [property: Id(5)] DateTimeOffset CommittedAt);
