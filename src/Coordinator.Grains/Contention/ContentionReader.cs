using Coordinator.Contention;
using Coordinator.Core.Contention;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;

namespace Coordinator.Grains.Contention;

internal sealed partial class ContentionReader(
    IServiceProvider services, ISiloStatusOracle silos, TimeProvider clock, ILogger<ContentionReader> logger)
    : GrainServiceClient<IContentionGrainService>(services), IContentionReader
{
    public async Task<ContentionOverview> ReadAsync(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var (answers, silent) = await AskAllAsync(service => service.ReadTablesAsync(limit));
        return new ContentionOverview
        {
            At = clock.GetUtcNow(),
            Tables = [.. ContentionMerge.Rank(ContentionMerge.Tables(answers.SelectMany(static a => a.Tables))).Take(limit)],
            TableCount = answers.Sum(static a => a.TableCount),
            Totals = answers.Aggregate(new TableCounts(), static (sum, answer) => sum.Plus(answer.Totals)),
            Silos = [.. answers.Select(static a => a.Silo).Order(StringComparer.Ordinal)],
            SilentSilos = silent,
            Waits = [.. answers.SelectMany(static a => a.Waits)],
            Outages = [.. answers.SelectMany(static a => a.Outages ?? [])
                .OrderBy(static o => o.Service, StringComparer.Ordinal).ThenBy(static o => o.Table)],
        };
    }

    public async Task<TableDetail?> ReadAsync(TableName table)
    {
        var (answers, _) = await AskAllAsync(service => service.ReadTableAsync(table));
        var parts = answers.Select(static a => a.Table).OfType<TableDetail>().ToList();
        return parts.Count == 0 ? null : ContentionMerge.Detail(parts, [.. answers.SelectMany(static a => a.Waits)]);
    }

    private async Task<(IReadOnlyList<T> Answers, IReadOnlyList<string> Silent)> AskAllAsync<T>(Func<IContentionGrainService, Task<T>> ask)
        where T : class
    {
        var asked = await Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => AskAsync(silo, ask)));
        return ([.. asked.Select(static a => a.Answer).OfType<T>()], [.. asked.Where(static a => a.Answer is null).Select(static a => a.Silo)]);
    }

    private async Task<(string Silo, T? Answer)> AskAsync<T>(SiloAddress silo, Func<IContentionGrainService, Task<T>> ask)
        where T : class
    {
        try
        {
            return ("", await ask(GetGrainService(silo)));
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            LogSilent(logger, silo, failure);
            return (silo.ToParsableString(), null);
        }
    }
}
