using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Contention;

internal sealed class ContentionGrainService(GrainId id, Silo silo, ILoggerFactory loggers, ContentionRegistry registry)
    : GrainService(id, silo, loggers), IContentionGrainService
{
    public Task<SiloContention> ReadTablesAsync(int limit) => Task.FromResult(registry.Read(limit));

    public Task<SiloTable> ReadTableAsync(TableName table) => Task.FromResult(new SiloTable(registry.Read(table), registry.ReadWaits()));
}
