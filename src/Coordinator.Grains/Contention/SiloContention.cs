using Coordinator.Contention;

namespace Coordinator.Grains.Contention;

/// <summary>One silo's answer.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Tables">Its most contended tables.</param>
/// <param name="TableCount">The number of its tables.</param>
/// <param name="Totals">The sum over all its tables.</param>
/// <param name="Waits">The updates that hold its tables or wait for them.</param>
/// <param name="Outages">The outages that it sees; null from a silo of a version that watched for none.</param>
[GenerateSerializer, Immutable, Alias("coordinator.SiloContention")]
internal sealed record SiloContention(
    [property: Id(0)] string Silo,
    [property: Id(1)] IReadOnlyList<TableContention> Tables,
    [property: Id(2)] int TableCount,
    [property: Id(3)] TableCounts Totals,
    [property: Id(4)] IReadOnlyList<WaitEdge> Waits,
    [property: Id(5)] IReadOnlyList<OutageFigures>? Outages);
