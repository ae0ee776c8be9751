using Coordinator.Core.Committing;
using Coordinator.Core.Retry;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Receipts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;

namespace Coordinator.Grains.Updates;

/// <summary>Has an update explained before it waits for any table: so that it reserves all that it touches, or is rejected and knows why.</summary>
internal sealed class FoundTableSets(IWarehouse warehouse, IOptions<GrainsOptions> options, TimeProvider clock, Random random, ILogger<FoundTableSets> logger)
{
    /// <summary>The update with the tables to reserve, or the receipt of one that will not run.</summary>
    public async Task<(UpdateIntent Intent, WriteReceipt? Receipt)> OfAsync(UpdateIntent intent, CancellationToken stopping)
    {
        var retry = WarehouseRetry.Pipeline(options.Value.Retry, clock, random, failure => logger.LogRetry(intent.Id, failure));
        try
        {
            // Views change: what is found today may not name the table whose ledger has the update already.
            if (intent.Writes.Count == 0 && await FindAsync(intent, retry, stopping) is { } already) return (intent, already);
            var (set, reason) = await CheckAsync(intent, retry, stopping);
            if (set is not null) return (set, null);
            // Rejected means that nothing was written, and the ledger may know better, whatever has changed since.
            return (intent, await FindAsync(intent, retry, stopping) ?? WriteReceipt.Rejected(intent.Id, reason!));
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            throw Failures.ToCaller(failure, intent.Id, options.Value.Retry.MaxDelay);
        }
    }

    private async Task<(UpdateIntent? Set, RowError? Reason)> CheckAsync(UpdateIntent intent, ResiliencePipeline retry, CancellationToken stopping)
    {
        try
        {
            UpdateRules.Ensure(intent);
            var found = await retry.ExecuteAsync(async token => await warehouse.FindTablesAsync(intent.Sql, token), stopping);
            var verdict = TableSetCheck.Of(intent, found);
            return verdict.Rejection is { } rejection ? (null, RowError.OfIntent(rejection)) : (intent.WithTables(verdict.Writes, verdict.Reads), null);
        }
        catch (WarehouseException rejection) when (rejection.Kind == FailureKind.Rejected)
        {
            return (null, rejection.ToRowError());
        }
    }

    private async Task<WriteReceipt?> FindAsync(UpdateIntent intent, ResiliencePipeline retry, CancellationToken stopping)
    {
        var found = await retry.ExecuteAsync(async token => await warehouse.FindAsync(intent.Id, token), stopping);
        // An update's row begins with its own number, unless it was done by the run of an earlier tick.
        return found is null || found.First == intent.Id ? found?.Receipt : found.Receipt with { CoalescedInto = found.First };
    }
}
