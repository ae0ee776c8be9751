using Coordinator.Contention;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;

namespace Coordinator.Grains.Contention;

internal sealed partial class ContentionReader(IServiceProvider services, ISiloStatusOracle silos, ILogger<ContentionReader> logger)
    : GrainServiceClient<IContentionGrainService>(services), IContentionReader
{
    public async Task<IReadOnlyList<TableContention>> ReadAsync()
    {
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys;
        var answers = await Task.WhenAll(active.Select(ReadAsync));
        return [.. answers.SelectMany(static a => a).OrderBy(static t => t.Table)];
    }

    private async Task<IReadOnlyList<TableContention>> ReadAsync(SiloAddress silo)
    {
        try
        {
            return await GetGrainService(silo).ReadAsync();
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            LogSilent(logger, silo, failure);
            return [];
        }
    }
}
