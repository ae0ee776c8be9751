using Coordinator.Core.Binding;
using Coordinator.Core.Committing;
using Coordinator.Core.Contention;
using Coordinator.Core.Queueing;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains.Warehouses;
using Coordinator.Intents;
using Coordinator.Locking;
using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Grains.Tables;

/// <summary>
/// Lets inserts into a table's queue: answers what is known already, binds rows to the table's columns, and rejects what does not fit once the
/// ledger does not have
/// it.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="warehouse">The warehouse that it is in.</param>
/// <param name="queue">Its queue.</param>
/// <param name="receipts">The receipts given last.</param>
/// <param name="schema">Its columns.</param>
/// <param name="ledger">Its ledger, asked before an intent is rejected.</param>
/// <param name="account">Counts what is answered without a turn.</param>
/// <param name="retryAfter">The hint to callers while the warehouse does not answer.</param>
/// <param name="advance">Gives the table to the head of the queue; called after every insert that joins it.</param>
/// <param name="stopping">Ends the waits for the warehouse.</param>
internal sealed class InsertAdmission(
    TableName table,
    WarehouseIdentity warehouse,
    WriteQueue queue,
    ReceiptMemory receipts,
    SchemaCache schema,
    LedgerLookup ledger,
    ActivationAccount account,
    TimeSpan retryAfter,
    Action advance,
    CancellationToken stopping)
{
    /// <summary>Why there is no such table; null if there is, or if that is not known.</summary>
    public RowError? Missing { get; set; }

    /// <summary>True if another admission in this one's place would do the same.</summary>
    public bool IsBlank => Missing is null && ledger.IsQuiet;

    /// <inheritdoc cref="ITableGrain.SubmitAsync"/>
    public Task<WriteReceipt> SubmitAsync(InsertIntent intent)
    {
        // A rejection, too, would be a false word about the table that the caller means.
        if (intent.Warehouse != warehouse.Known?.Id && intent.Warehouse != Guid.Empty && warehouse.Known != WarehouseId.Unknown)
            return SubmitIfOursAsync(intent);
        if (receipts.Deliver(intent) is { } receipt)
        {
            if (receipt.Status != WriteStatus.Committed) account.OnAnswered(isRejected: receipt.Status == WriteStatus.Rejected);
            return Task.FromResult(receipt);
        }

        if (queue.Join(intent.Id, LockWait.OfThisCall) is { } joined)
            return queue.ContentOf(intent.Id) == intent.ContentHash ? joined : SubmitAfterAsync(joined, intent);
        return schema.Current is { } current && Bind(intent, current) is { Fits: true } bound
            ? Enqueue(intent, bound, current)
            : SubmitUncertainAsync(intent);
    }

    /// <inheritdoc cref="ITableGrain.SubmitManyAsync"/>
    public async Task<SubmitManyResponse> SubmitManyAsync(SubmitManyRequest request)
    {
        var answers = Array.ConvertAll(request.Intents, Submit);
        // The intents of one message nearly always share a turn, and the turn answers all of them before this goes on.
        if (Array.Find(answers, static r => !r.IsCompleted) is { } first)
            await ((Task)first).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

        var outcomes = new IntentOutcome[answers.Length];
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (!answers[i].IsCompleted) queue.StopWaiting(request.Intents[i].Id);
            outcomes[i] = await OutcomeAsync(answers[i]);
        }

        return new SubmitManyResponse(outcomes);
    }

    private Task<WriteReceipt> Submit(InsertIntent intent)
    {
        try
        {
            return SubmitAsync(intent);
        }
        catch (CoordinatorException failure)
        {
            return Task.FromException<WriteReceipt>(failure);
        }
    }

    private static async ValueTask<IntentOutcome> OutcomeAsync(Task<WriteReceipt> answer)
    {
        try
        {
            return await answer;
        }
        catch (CoordinatorException failure)
        {
            return failure;
        }
    }

    private async Task<WriteReceipt> SubmitIfOursAsync(InsertIntent intent)
    {
        await warehouse.EnsureAsync(intent.Warehouse, $"Intent {intent.Id} for {table}");
        return await SubmitAsync(intent);
    }

    /// <summary>The way of an intent whose id is under way with other content: the outcome of that one decides.</summary>
    private async Task<WriteReceipt> SubmitAfterAsync(Task<WriteReceipt> other, InsertIntent intent)
    {
        try
        {
            if (await other is { Status: WriteStatus.Pending } pending) return pending;
        }
        catch (CoordinatorException)
        {
            // The failure goes to its own caller. The id is free again, or the ledger has it.
        }

        return await SubmitAsync(intent);
    }

    /// <summary>Handles an intent without a schema yet, or one that does not fit. An intent is never rejected with columns that were read before
    /// its arrival, because the table may have changed since. Only that there is no table is remembered, for seconds.</summary>
    private async Task<WriteReceipt> SubmitUncertainAsync(InsertIntent intent)
    {
        if (Missing is { } missing) return await RejectAsync(intent, missing);
        TableSchema current;
        try
        {
            current = await schema.ReadAsync(stopping);
        }
        catch (WarehouseException failure) when (failure.Kind == FailureKind.Rejected)
        {
            return await RejectAsync(intent, failure.ToRowError());
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            // No turn begins, so only this shows on the contention page why the table is not written.
            if (failure is WarehouseException inWarehouse) account.OnGivenUp(inWarehouse);
            throw CallerFailure.Of(failure, intent.Id, retryAfter);
        }

        // During the read of the columns another submission with the same id may have been queued.
        if (queue.Contains(intent.Id)) return await SubmitAsync(intent);
        var bound = Bind(intent, current);
        return bound.Fits ? await Enqueue(intent, bound, current) : await RejectAsync(intent, bound.Errors);
    }

    private BindResult Bind(InsertIntent intent, TableSchema to)
    {
        if (intent.Table != table) return BindResult.Failed(RowError.OfIntent($"The intent is for {intent.Table} and was sent to {table}."));
        if (intent.Id.Sequence < 0) return BindResult.Failed(RowError.OfIntent("The intent id's sequence is negative; it counts from 0 up."));
        return RowBinder.Bind(intent.Rows, to);
    }

    private Task<WriteReceipt> Enqueue(InsertIntent intent, BindResult bound, TableSchema boundTo)
    {
        if (bound.Rows!.RowCount == 0) return RejectAsync(intent, RowError.OfIntent("The intent has no rows."));
        var receipt = queue.Enqueue(ReferenceEquals(bound.Rows, intent.Rows) ? intent : intent.WithRows(bound.Rows), boundTo, LockWait.OfThisCall);
        advance();
        return receipt;
    }

    /// <summary>Rejected means that nothing is written. Only the ledger can confirm that, because an earlier submission may have fitted the
    /// table at that time.</summary>
    private async Task<WriteReceipt> RejectAsync(InsertIntent intent, params IReadOnlyList<RowError> errors)
    {
        try
        {
            var receipt = await ledger.FindAsync(intent.Id, stopping) is { } known
                ? KnownReceipt.Of(intent, known)
                : WriteReceipt.Rejected(intent.Id, errors);
            receipts.Remember(receipt, intent.ContentHash, isDelivered: true);
            account.OnAnswered(isRejected: receipt.Status == WriteStatus.Rejected);
            return receipt;
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            throw CallerFailure.Of(failure, intent.Id, retryAfter);
        }
    }
}
