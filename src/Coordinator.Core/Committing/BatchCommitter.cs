using Coordinator.Core.Binding;
using Coordinator.Core.Retry;
using Coordinator.Core.Tracing;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Committing;

/// <summary>Commits a batch: retries temporary failures, binds the rows again when the table has changed, and leaves rejected intents out: those
/// that the warehouse names at once; otherwise it halves the batch until the rejected intent is alone.</summary>
public sealed class BatchCommitter
{
    /// <summary>How often one batch is bound again to a changing table.</summary>
    private const int MaxRebinds = 5;

    /// <summary>How many intents that the warehouse names are left out, one after the other, before the batch is halved: with many of them
    /// smaller batches cost less.</summary>
    private const int MaxLeftOut = 4;

    private readonly IWarehouse _warehouse;
    private readonly ICommitObserver _observer;
    private readonly Func<CancellationToken, Task<TableSchema>> _readSchema;
    private readonly TableRetry _retry;
    private readonly TimeProvider _clock;
    private bool _wasCutOff;

    // Of the batch that is being committed; null until a row is refused in unknown words.
    private SuspectIntents? _suspects;

    /// <param name="warehouse">The warehouse.</param>
    /// <param name="readSchema">Reads the table's columns again.</param>
    /// <param name="retry">The number and delays of retries.</param>
    /// <param name="clock">Measures transactions.</param>
    /// <param name="observer">Receives the events.</param>
    public BatchCommitter(
        IWarehouse warehouse, Func<CancellationToken, Task<TableSchema>> readSchema, TableRetry retry, TimeProvider clock, ICommitObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _warehouse = warehouse;
        _observer = observer;
        _retry = retry;
        _clock = clock;
        _readSchema = readSchema;
    }

    /// <summary>True if another committer in this one's place would do the same: the last transaction was not cut off.</summary>
    public bool IsBlank => !_wasCutOff;

    /// <summary>Commits what can be committed and returns an outcome for every intent of the batch.</summary>
    public async Task<IReadOnlyDictionary<IntentId, IntentOutcome>> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var outcomes = new Dictionary<IntentId, IntentOutcome>(batch.Intents.Count);
        _suspects = null;
        await CommitAsync(batch, outcomes, cancellationToken);
        if (_suspects is not null) await JudgeAsync(batch, _suspects, outcomes, cancellationToken);
        return outcomes;
    }

    // Most batches are never bound again.
    private BatchRebinder Rebinder() => new(_warehouse, _readSchema, _retry.Batches, _observer.OnRetry);

    private async Task CommitAsync(InsertBatch batch, Dictionary<IntentId, IntentOutcome> outcomes, CancellationToken cancellationToken)
    {
        try
        {
            if (batch.IsMixed) batch = await Rebinder().RebindAsync(batch, outcomes, cancellationToken);
            for (var (rebinds, leftOut) = (0, 0); batch.Intents.Count > 0;)
            {
                try
                {
                    if (await CommitOnceAsync(batch, outcomes, cancellationToken)) _suspects?.OnWritten();
                    return;
                }
                catch (WarehouseException change) when (change.Kind == FailureKind.SchemaChanged && rebinds < MaxRebinds)
                {
                    rebinds++;
                    batch = await Rebinder().RebindAsync(batch, outcomes, cancellationToken);
                }
                catch (WarehouseException rejection)
                    when (rejection is { Kind: FailureKind.Rejected, IsOfRow: true, Intent: { } named } && leftOut < MaxLeftOut)
                {
                    leftOut++;
                    outcomes[named] = WriteReceipt.Rejected(named, rejection.ToRowError());
                    batch = batch with
                    {
                        BatchId = Guid.NewGuid(),
                        LeavesOutRejected = true,
                        Intents = [.. batch.Intents.Where(intent => intent.Id != named)],
                    };
                }
            }
        }
        catch (WarehouseException rejection) when (rejection.Kind == FailureKind.Rejected)
        {
            // Such an error may come before the ledger is read.
            if (rejection.IsOfStatement && (batch.Intents.Count == 1 || RowGroup.Split(batch.Schema, batch.Intents).Count == 1))
                await RejectAsync(batch, [.. batch.Intents.Select(intent => (intent, rejection))], outcomes, cancellationToken);
            else if (batch.Intents.Count == 1)
                outcomes[batch.Intents[0].Id] = WriteReceipt.Rejected(batch.Intents[0].Id, rejection.ToRowError());
            else
                await HalveAsync(batch, outcomes, cancellationToken);
        }
        catch (WarehouseException failure) when ((_suspects ??= new SuspectIntents()).MayContinue(failure))
        {
            if (batch.Intents.Count == 1) _suspects.Add(batch.Intents[0], failure);
            else await HalveAsync(batch, outcomes, cancellationToken);
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            GiveUp(failure, batch.Intents, outcomes);
        }
    }

    private async Task HalveAsync(InsertBatch batch, Dictionary<IntentId, IntentOutcome> outcomes, CancellationToken cancellationToken)
    {
        var half = batch.Intents.Count / 2;
        foreach (var part in (InsertIntent[][])[[.. batch.Intents.Take(half)], [.. batch.Intents.Skip(half)]])
            await CommitAsync(batch with { BatchId = Guid.NewGuid(), LeavesOutRejected = true, Intents = part }, outcomes, cancellationToken);
    }

    private async Task JudgeAsync(
        InsertBatch batch, SuspectIntents suspects, Dictionary<IntentId, IntentOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var (intent, failure) in suspects.Unproven) GiveUp(failure, [intent], outcomes);
        if (suspects.Proven.Count > 0) await RejectAsync(batch, suspects.Proven, outcomes, cancellationToken);
    }

    /// <summary>Rejects intents, unless the ledger has them.</summary>
    private async Task RejectAsync(
        InsertBatch batch, IReadOnlyList<(InsertIntent Intent, WarehouseException Failure)> rejections,
        Dictionary<IntentId, IntentOutcome> outcomes, CancellationToken cancellationToken)
    {
        try
        {
            await Rebinder().RejectAsync(
                batch.Schema.Table, [.. rejections.Select(static r => (r.Intent, (IReadOnlyList<RowError>)[r.Failure.ToRowError()]))], outcomes,
                cancellationToken);
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            GiveUp(failure, [.. rejections.Select(static r => r.Intent)], outcomes);
        }
    }

    private void GiveUp(Exception failure, IReadOnlyList<InsertIntent> intents, Dictionary<IntentId, IntentOutcome> outcomes)
    {
        if (failure is WarehouseException inWarehouse) _observer.OnGivenUp(inWarehouse);
        foreach (var intent in intents) outcomes[intent.Id] = CallerFailure.Of(failure, intent.Id, _retry.MaxDelay);
    }

    /// <summary>Commits, and returns whether rows were written.</summary>
    private async Task<bool> CommitOnceAsync(InsertBatch batch, Dictionary<IntentId, IntentOutcome> outcomes, CancellationToken cancellationToken)
    {
        var (result, took) = await TryAsync(batch, cancellationToken);
        long rows = 0;
        foreach (var rejection in result.Rejected)
            outcomes[rejection.Intent!.Value] = WriteReceipt.Rejected(rejection.Intent.Value, rejection.ToRowError());
        foreach (var intent in batch.Intents)
        {
            // What this transaction rejected has its outcome.
            if (result.Rejected.Count > 0 && outcomes.ContainsKey(intent.Id)) continue;
            var receipt = Receipt(intent, batch.BatchId, result);
            if (receipt.Status == WriteStatus.Committed) rows += receipt.Rows;
            outcomes[intent.Id] = receipt;
        }

        if (rows > 0) _observer.OnCommitted(rows, took);
        return rows > 0;
    }

    private async Task<(BatchResult Result, TimeSpan Took)> TryAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        var (wasUnknown, wasCutOffAtCommit) = (false, false);
        try
        {
            return await (batch.Intents.Count == 1 ? _retry.Alone : _retry.Batches).ExecuteAsync(
                async token =>
                {
                    using var span = CoordinatorSpans.StartCommit(batch);
                    // There may be a pause between two tries, or between the turn and the first try. An activation that lost its lock during the
                    // pause must not begin.
                    var mayBegin = _wasCutOff && batch.MayRetry is not null ? batch.MayRetry : batch.MayCommit;
                    if (!await mayBegin(token))
                        throw new WarehouseException(FailureKind.TurnLost, "The turn was no longer certain before the transaction began.");
                    try
                    {
                        var began = _clock.GetTimestamp();
                        var result = await _warehouse.CommitAsync(batch, token);
                        _wasCutOff = false;
                        return (result, _clock.GetElapsedTime(began));
                    }
                    catch (WarehouseException failure)
                    {
                        span?.SetFailure(failure);
                        wasUnknown |= failure.Kind == FailureKind.Unknown;
                        wasCutOffAtCommit |= failure.Cause == FailureCause.UnknownOutcome;
                        _wasCutOff |= failure.Cause is FailureCause.Connection or FailureCause.UnknownOutcome;
                        throw;
                    }
                },
                _observer.OnRetry,
                cancellationToken);
        }
        catch (WarehouseException failure) when (wasUnknown && failure.Kind is not (FailureKind.Rejected or FailureKind.SchemaChanged))
        {
            // An earlier try may have committed, and no later one reached the ledger to check.
            throw new WarehouseException(FailureKind.Unknown, failure.Message, failure)
            {
                Cause = wasCutOffAtCommit ? FailureCause.UnknownOutcome : failure.Cause,
            };
        }
    }

    // A ledger entry with this batch id is from an earlier try of this batch whose outcome was unknown.
    private static WriteReceipt Receipt(InsertIntent intent, Guid batchId, BatchResult result) =>
        result.Already.TryGetValue(intent.Id, out var known) && known.Entry.BatchId != batchId
            ? KnownReceipt.Of(intent, known)
            : new()
            {
                Id = intent.Id,
                Status = WriteStatus.Committed,
                Rows = intent.Rows.RowCount,
                CommittedAt = known?.Entry.CommittedAt ?? result.CommittedAt,
                BatchId = batchId,
            };
}
