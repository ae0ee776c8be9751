using Coordinator.Contention;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;

namespace Coordinator.Grains.Contention;

internal sealed partial class ContentionReader(IServiceProvider services, ISiloStatusOracle silos, TimeProvider clock, ILogger<ContentionReader> logger)
    : GrainServiceClient<IContentionGrainService>(services), IContentionReader
{
    public async Task<ContentionOverview> ReadAsync(int limit)
    {
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys;
        var tables = (await Task.WhenAll(active.Select(ReadAsync))).SelectMany(static a => a).ToList();
        return new ContentionOverview
        {
            At = clock.GetUtcNow(),
            Tables = [.. tables.OrderBy(static t => t.Table).Take(limit)],
            TableCount = tables.Count,
            Totals = tables.Aggregate(new TableCounts(), static (sum, table) => sum.Plus(table.Counts)),
            Silos = [],
            SilentSilos = [],
            Waits = [],
        };
    }

    public async Task<TableDetail?> ReadAsync(TableName table)
    {
        var overview = await ReadAsync(int.MaxValue);
        return overview.Tables.FirstOrDefault(t => t.Table == table) is { } now ? new TableDetail { At = overview.At, Now = now } : null;
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
