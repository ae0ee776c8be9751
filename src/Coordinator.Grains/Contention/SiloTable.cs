using Coordinator.Contention;

namespace Coordinator.Grains.Contention;

/// <summary>One silo's answer about one table.</summary>
/// <param name="Table">Null if it does not know it.</param>
/// <param name="Waits">The updates that hold its tables or wait for them.</param>
[GenerateSerializer, Immutable, Alias("coordinator.SiloTable")]
internal sealed record SiloTable([property: Id(0)] TableDetail? Table, [property: Id(1)] IReadOnlyList<WaitEdge> Waits);
