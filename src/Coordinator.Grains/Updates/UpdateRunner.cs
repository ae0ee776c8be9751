using Coordinator.Core.Committing;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Receipts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Grains.Updates;

/// <summary>Runs an update to its receipt: reserve, execute, release, and from the start again if a table was lost on the way.</summary>
internal sealed class UpdateRunner(
    IWarehouse warehouse, FoundTableSets tableSets, IGrainFactory grains, IOptions<GrainsOptions> options, TimeProvider clock, Random random, ILogger<UpdateRunner> logger)
{
    /// <summary>Runs it.</summary>
    /// <param name="asked">What to run.</param>
    /// <param name="activation">The owner token of the activation that runs it.</param>
    /// <param name="mayRun">Whether that activation still holds its own lock.</param>
    /// <param name="stopping">Rolls back and gives the tables back.</param>
    public async Task<WriteReceipt> RunAsync(UpdateIntent asked, string activation, Func<bool> mayRun, CancellationToken stopping)
    {
        var retry = WarehouseRetry.Pipeline(options.Value.Retry, clock, random, failure => logger.LogRetry(asked.Id, failure));
        var batchId = Guid.NewGuid();
        var queuedAt = clock.GetTimestamp();
        var (intent, answer) = await tableSets.OfAsync(asked, retry, stopping);
        if (answer is not null) return answer;
        for (var restart = 0; ; restart++)
        {
            await using var tables = new TableReservations(intent, grains, options.Value, clock, logger);
            await tables.AcquireAsync(stopping);
            var startedAt = clock.GetTimestamp();
            using var late = new CancellationTokenSource(intent.MaxDuration > TimeSpan.Zero ? intent.MaxDuration : options.Value.UpdateMaxDuration, clock);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, tables.Lost, stopping);
            var run = new UpdateRun
            {
                BatchId = batchId,
                Intent = intent,
                Activation = activation,
                MayCommit = async token => mayRun() && await tables.StandAsync(token),
            };
            try
            {
                var result = await retry.ExecuteAsync(async token => await warehouse.ExecuteAsync(run, token), stop.Token);
                return Receipt(intent, batchId, result) with
                {
                    Waited = clock.GetElapsedTime(queuedAt, startedAt),
                    Ran = clock.GetElapsedTime(startedAt),
                };
            }
            catch (WarehouseException rejection) when (rejection.Kind == FailureKind.Rejected)
            {
                return WriteReceipt.Rejected(intent.Id, rejection.ToRowError());
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested && !stopping.IsCancellationRequested)
            {
                return WriteReceipt.Rejected(intent.Id, RowError.OfIntent(
                    $"The SQL ran longer than it may ({clock.GetElapsedTime(startedAt).TotalSeconds:0} s) and was rolled back. Raise its maximum duration or make it quicker."));
            }
            catch (Exception failure) when (IsTableLost(failure, tables.Lost) && mayRun() && restart < options.Value.UpdateMaxRestarts && !stopping.IsCancellationRequested)
            {
                logger.LogRestart(intent.Id, restart + 1);
            }
            catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
            {
                throw Failures.ToCaller(failure, intent.Id, options.Value.Retry.MaxDelay);
            }
        }
    }

    private static bool IsTableLost(Exception failure, CancellationToken lost) =>
        failure is WarehouseException { Kind: FailureKind.TurnLost } || (failure is OperationCanceledException && lost.IsCancellationRequested);

    // A ledger entry of this very batch is an earlier try of it whose outcome was unknown.
    private static WriteReceipt Receipt(UpdateIntent intent, Guid batchId, UpdateResult result) => new()
    {
        Id = intent.Id,
        Status = result.Already is null || result.Already.BatchId == batchId ? WriteStatus.Committed : WriteStatus.AlreadyCommitted,
        Rows = result.RowsAffected,
        CommittedAt = result.Already?.CommittedAt ?? result.CommittedAt,
        BatchId = result.Already?.BatchId ?? batchId,
        StatementRows = result.StatementRows,
    };
}
