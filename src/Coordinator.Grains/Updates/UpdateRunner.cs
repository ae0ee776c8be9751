using System.Diagnostics;
using Coordinator.Core.Committing;
using Coordinator.Core.Jobs;
using Coordinator.Core.Reservations;
using Coordinator.Core.Retry;
using Coordinator.Core.TableSets;
using Coordinator.Core.Tracing;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains.Clocks;
using Coordinator.Grains.Contention;
using Coordinator.Intents;
using Coordinator.Receipts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Grains.Updates;

/// <summary>Runs an update to its receipt: finds its tables, reserves, executes, releases, and restarts if a table was lost.</summary>
internal sealed class UpdateRunner(
    IWarehouse warehouse, TableSetResolver tableSets, ITableTurns turns, ContentionRegistry registry, ILocalSiloDetails silo,
    IOptions<GrainsOptions> options, TickClock due, TableRetry retry, TimeProvider clock, ILogger<UpdateRunner> logger)
{
    /// <summary>How long a found table set stays valid. An update that waited longer is explained again, because views and search paths
    /// change.</summary>
    private static readonly TimeSpan FoundFor = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="asked">What to run.</param>
    /// <param name="ticks">The ticks that it does the work of; open to more until the SQL begins.</param>
    /// <param name="activation">The owner token of the activation that runs it.</param>
    /// <param name="mayRun">Whether that activation still holds its own lock.</param>
    /// <param name="stopping">Rolls back and releases the tables.</param>
    public async Task<WriteReceipt> RunAsync(
        UpdateIntent asked, CoalescedTicks ticks, OwnerToken activation, Func<bool> mayRun, CancellationToken stopping)
    {
        using var span = UpdateSpans.Start(asked);
        var outcome = UpdateMetrics.Failed;
        try
        {
            var receipt = await RunToEndAsync(asked, ticks, activation, mayRun, stopping);
            outcome = UpdateMetrics.Outcome(receipt);
            return receipt;
        }
        finally
        {
            UpdateMetrics.Ended(outcome);
            span?.SetTag(CoordinatorSpans.Outcome, outcome);
            if (outcome == UpdateMetrics.Failed) span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>The receipt of an update that cannot be run, unless a ledger has it.</summary>
    public Task<WriteReceipt> RejectAsync(UpdateIntent intent, string reason, CancellationToken stopping) =>
        tableSets.RejectAsync(intent, RowError.OfIntent(reason), stopping);

    private async Task<WriteReceipt> RunToEndAsync(
        UpdateIntent asked, CoalescedTicks ticks, OwnerToken activation, Func<bool> mayRun, CancellationToken stopping)
    {
        var queuedAt = clock.GetTimestamp();
        var (intent, answer) = await FindTablesAsync(asked, stopping);
        if (answer is not null) return answer;
        var foundAt = clock.GetTimestamp();
        var accounts = new UpdateAccounts(registry, intent);
        var attempt = new Attempt(intent, ticks, activation, mayRun, Guid.NewGuid(), queuedAt, accounts);
        for (var restart = 0; ; restart++)
        {
            var holder = new Holder(new($"{activation}/{restart}"), new(silo.SiloAddress.ToParsableString()), accounts.Source);
            await using var tables = new TableReservations(intent.Id, holder, TableSet.Of(intent), turns, options.Value.Reservations, clock);
            try
            {
                await tables.AcquireAsync(stopping);
                if (clock.GetElapsedTime(foundAt) > FoundFor && restart < options.Value.UpdateMaxRestarts)
                {
                    (var again, answer) = await FindTablesAsync(asked, stopping);
                    foundAt = clock.GetTimestamp();
                    if (answer is not null) return answer;
                    if (!IsSameSet(again, intent))
                    {
                        logger.LogOtherTables(intent.Id, string.Join(", ", TableSet.Of(again).Select(static t => t.Table)));
                        (intent, accounts) = (again, new UpdateAccounts(registry, again));
                        attempt = attempt with { Intent = again, Accounts = accounts };
                        continue;
                    }
                }

                var receipt = await ExecuteAsync(attempt, tables, stopping);
                accounts.OnEnded(receipt, receipt.Status == WriteStatus.Committed ? ticks.Through - intent.Id.Sequence : 0);
                return receipt;
            }
            catch (Exception failure) when (IsTableLost(failure, tables.Lost) && mayRun() && restart < options.Value.UpdateMaxRestarts
                && !stopping.IsCancellationRequested)
            {
                UpdateMetrics.Restarts.Add(1);
                logger.LogRestart(intent.Id, tables.LostTable, restart + 1);
            }
            catch (Exception failure) when (failure is WarehouseException or OperationCanceledException or CoordinatorException)
            {
                accounts.OnGivenUp(failure);
                if (failure is CoordinatorException) throw;
                throw CallerFailure.Of(failure, intent.Id, retry.MaxDelay);
            }
        }
    }

    private async Task<WriteReceipt> ExecuteAsync(Attempt attempt, TableReservations tables, CancellationToken stopping)
    {
        var intent = attempt.Intent;
        var startedAt = clock.GetTimestamp();
        var limit = intent.MaxDuration > TimeSpan.Zero ? intent.MaxDuration : options.Value.UpdateMaxDuration;
        using var late = new CancellationTokenSource(limit, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, tables.Lost, stopping);
        var lastDue = await retry.Questions.ExecuteAsync(async token => await due.LastDueAsync(intent, token), OnRetry, stop.Token);
        var run = new UpdateRun
        {
            BatchId = attempt.BatchId,
            Intent = intent,
            Through = attempt.Ticks.Close(lastDue),
            Activation = attempt.Activation,
            MayCommit = async token => attempt.MayRun() && await tables.StandAsync(token),
        };
        try
        {
            var result = await retry.Questions.ExecuteAsync(async token => await TryAsync(run, token), OnRetry, stop.Token);
            attempt.Ticks.Settle(result.Range.Last);
            var (waited, ran) = (clock.GetElapsedTime(attempt.QueuedAt, startedAt), clock.GetElapsedTime(startedAt));
            UpdateMetrics.Ran(waited, ran);
            return Receipt(intent, attempt.BatchId, result) with { Waited = waited, Ran = ran };
        }
        catch (WarehouseException rejection) when (rejection.Kind == FailureKind.Rejected)
        {
            return await tableSets.RejectAsync(intent, rejection.ToRowError(), stopping);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            // COMMIT is never cancelled, so a cancelled transaction is rolled back. Only an earlier try may have committed without an answer.
            if (attempt.Unknown is { } unknown) throw CallerFailure.Of(unknown, intent.Id, retry.MaxDelay);
            return WriteReceipt.Rejected(intent.Id, RowError.OfIntent(
                $"The SQL ran longer than the {limit} that it may, was cancelled in the warehouse and certainly rolled back. Give it a longer "
                    + $"MaxDuration or less to do."));
        }

        void OnRetry(WarehouseException failure)
        {
            logger.LogRetry(intent.Id, failure);
            attempt.Accounts.OnFailed(failure, isRetried: true);
            if (failure.Kind == FailureKind.Unknown) attempt.Unknown = failure;
        }
    }

    private async Task<(UpdateIntent Intent, WriteReceipt? Receipt)> FindTablesAsync(UpdateIntent asked, CancellationToken stopping)
    {
        using var span = CoordinatorSpans.Start(CoordinatorSpans.FindTables);
        return await tableSets.OfAsync(asked, stopping);
    }

    private async Task<UpdateResult> TryAsync(UpdateRun run, CancellationToken cancellationToken)
    {
        using var span = UpdateSpans.StartExecute(run);
        try
        {
            return await warehouse.ExecuteAsync(run, cancellationToken);
        }
        catch (WarehouseException failure)
        {
            if (failure.Kind == FailureKind.Conflict) UpdateMetrics.Conflicts.Add(1);
            span?.SetFailure(failure);
            throw;
        }
    }

    private static bool IsSameSet(UpdateIntent a, UpdateIntent b) => TableSet.Of(a).SequenceEqual(TableSet.Of(b));

    private static bool IsTableLost(Exception failure, CancellationToken lost) =>
        failure is WarehouseException { Kind: FailureKind.TurnLost } || (failure is OperationCanceledException && lost.IsCancellationRequested);

    private static WriteReceipt Receipt(UpdateIntent intent, Guid batchId, UpdateResult result)
    {
        // A ledger entry with this batch id is from an earlier try of this batch whose outcome was unknown.
        var isOwn = result.Already is null || result.Already.BatchId == batchId;
        var receipt = new WriteReceipt
        {
            Id = intent.Id,
            Status = isOwn ? WriteStatus.Committed : WriteStatus.AlreadyCommitted,
            Rows = result.RowsAffected,
            CommittedAt = result.Already?.CommittedAt ?? result.CommittedAt,
            BatchId = result.Already?.BatchId ?? batchId,
            CoalescedInto = result.Range.First < intent.Id.Sequence ? new IntentId(intent.Id.Origin, result.Range.First) : null,
            StatementRows = result.StatementRows,
        };
        return !isOwn && KnownReceipt.IsOther(intent.ContentHash, result.Range.Content) ? KnownReceipt.OtherContent(receipt) : receipt;
    }

    /// <summary>The constants of all restarts of an update.</summary>
    private sealed record Attempt(UpdateIntent Intent, CoalescedTicks Ticks, OwnerToken Activation, Func<bool> MayRun, Guid BatchId,
        long QueuedAt, UpdateAccounts Accounts)
    {
        /// <summary>The last try with an unknown outcome, if any.</summary>
        public WarehouseException? Unknown { get; set; }
    }
}
