using Coordinator.Core.Committing;
using Coordinator.Core.Ledger;
using Coordinator.Core.Retry;
using Coordinator.Core.Searching;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Receipts;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Updates;

/// <summary>Explains an update before it waits for any table, so that it reserves all tables that it touches, or is rejected with a
/// reason.</summary>
internal sealed class TableSetResolver(
    IWarehouse warehouse, LedgerSearch search, TableRetry retry, ILogger<TableSetResolver> logger)
{
    /// <summary>The update with the tables to reserve, or the receipt of an update that cannot run.</summary>
    public async Task<(UpdateIntent Intent, WriteReceipt? Receipt)> OfAsync(UpdateIntent intent, CancellationToken stopping)
    {
        try
        {
            // Views change: the tables found today may not include the one whose ledger already has the update.
            if (intent.Writes.Count == 0 && await FindAsync(intent, stopping) is { } already) return (intent, already);
            var (set, reason) = await CheckAsync(intent, stopping);
            if (set is not null) return (set, null);
            return (intent, await FindAsync(intent, stopping) ?? WriteReceipt.Rejected(intent.Id, reason!));
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            throw CallerFailure.Of(failure, intent.Id, retry.MaxDelay);
        }
    }

    /// <summary>The rejection of an update that does not fit, unless a ledger has it: rejected means that nothing was written, even if the table
    /// has changed since.</summary>
    public async Task<WriteReceipt> RejectAsync(UpdateIntent intent, RowError reason, CancellationToken stopping)
    {
        try
        {
            return await FindAsync(intent, stopping) ?? WriteReceipt.Rejected(intent.Id, reason);
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            throw CallerFailure.Of(failure, intent.Id, retry.MaxDelay);
        }
    }

    private async Task<(UpdateIntent? Set, RowError? Reason)> CheckAsync(UpdateIntent intent, CancellationToken stopping)
    {
        try
        {
            UpdateRules.Ensure(intent);
            var found = await AskAsync(intent, async token => await warehouse.FindTablesAsync(intent.Sql, token), stopping);
            var verdict = TableSetCheck.Of(intent, found);
            // A declared name that is no table would make a grain with a lock. Every written table is opened before the SQL runs in any case.
            foreach (var table in verdict.Writes.Except(found.SelectMany(static statement => statement.Writes)))
                await AskAsync(intent, async token => await warehouse.OpenAsync(table, token), stopping);
            return verdict.Rejection is { } rejection
                ? (null, RowError.OfIntent(rejection))
                : (intent.WithTables(verdict.Writes, verdict.Reads), null);
        }
        catch (WarehouseException rejection) when (rejection.Kind == FailureKind.Rejected)
        {
            return (null, rejection.ToRowError());
        }
    }

    private async Task<WriteReceipt?> FindAsync(UpdateIntent intent, CancellationToken stopping)
    {
        if (await AskAsync(intent, async token => await search.FindAsync(intent.Id, token), stopping) is not { } found) return null;
        if (intent.ContentHash != Guid.Empty)
        {
            IReadOnlyList<SequenceRange> asked = [new(intent.Id.Origin, intent.Id.Sequence, intent.Id.Sequence, 0)];
            var known = await AskAsync(intent, async token => await warehouse.FindRangesAsync(found.Table, asked, token), stopping);
            if (known.Any(k => KnownReceipt.IsOther(intent.ContentHash, k.Range.Content))) return KnownReceipt.OtherContent(found.Receipt);
        }

        // An update's ledger row begins with its own number, unless the run of an earlier tick covers it.
        return found.First == intent.Id ? found.Receipt : found.Receipt with { CoalescedInto = found.First };
    }

    private ValueTask<T> AskAsync<T>(UpdateIntent intent, Func<CancellationToken, ValueTask<T>> question, CancellationToken stopping) =>
        retry.Questions.ExecuteAsync(question, failure => logger.LogRetry(intent.Id, failure), stopping);
}
