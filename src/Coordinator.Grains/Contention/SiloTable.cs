using Coordinator.Contention;

namespace Coordinator.Grains.Contention;

/// <summary>One silo's answer about one table.</summary>
/// <param name="Table">Null if the silo does not know the table.</param>
/// <param name="Waits">The updates that hold its tables or wait for them.</param>
[GenerateSerializer, Immutable, Alias("coordinator.SiloTable")]
internal sealed record SiloTable([property: Id(0)] TableDetail? Table, [property: Id(1)] IReadOnlyList<WaitEdge> Waits);
