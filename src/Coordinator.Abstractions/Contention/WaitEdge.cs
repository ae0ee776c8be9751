using Coordinator.Tables;

namespace Coordinator.Contention;

/// <summary>An update that holds a table or waits for it: an edge of the wait graph.</summary>
/// <param name="Table">The table.</param>
/// <param name="Id">The update's intent id.</param>
/// <param name="Source">The update's source.</param>
/// <param name="IsExclusive">True if it writes the table, false if it reads it.</param>
/// <param name="IsHeld">True if it holds the table, false if it waits.</param>
/// <param name="SinceMilliseconds">How long it has held the table or waited for it.</param>
[GenerateSerializer, Immutable, Alias("coordinator.WaitEdge")]
public sealed record WaitEdge(
    [property: Id(0)] TableName Table,
    [property: Id(1)] string Id,
    [property: Id(2)] string Source,
    [property: Id(3)] bool IsExclusive,
    [property: Id(4)] bool IsHeld,
    [property: Id(5)] double SinceMilliseconds);
