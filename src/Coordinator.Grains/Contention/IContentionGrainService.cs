using Coordinator.Tables;
using Orleans.Services;

namespace Coordinator.Grains.Contention;

/// <summary>One silo's tables for the other silos. There is no central store of figures, and so no hot spot.</summary>
[Alias("coordinator.IContentionGrainService")]
internal interface IContentionGrainService : IGrainService
{
    [Alias("ReadTables")]
    Task<SiloContention> ReadTablesAsync(int limit);

    [Alias("ReadTable")]
    Task<SiloTable> ReadTableAsync(TableName table);
}
