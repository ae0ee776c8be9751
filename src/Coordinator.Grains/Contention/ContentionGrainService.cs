using Coordinator.Contention;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Contention;

internal sealed class ContentionGrainService(GrainId id, Silo silo, ILoggerFactory loggers, ContentionRegistry registry)
    : GrainService(id, silo, loggers), IContentionGrainService
{
    public Task<IReadOnlyList<TableContention>> ReadAsync() => Task.FromResult(registry.Read());
}
