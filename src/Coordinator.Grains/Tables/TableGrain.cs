using Coordinator.Core.Binding;
using Coordinator.Core.Committing;
using Coordinator.Core.Contention;
using Coordinator.Core.Leases;
using Coordinator.Core.Queueing;
using Coordinator.Core.Reservations;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains.Contention;
using Coordinator.Intents;
using Coordinator.Locking;
using Coordinator.Receipts;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Coordinator.Grains.Tables;

/// <summary>The only writer of one table. A call queues its intent and waits; while one batch commits the next one collects; every intent is
/// answered after COMMIT.</summary>
[GhettoLocked, Immovable]
internal sealed partial class TableGrain(
    IWarehouse warehouse,
    IOptions<GrainsOptions> options,
    ContentionRegistry registry,
    ISiloStatusOracle silos,
    IReservationMemory memory,
    TimeProvider clock,
    Random random,
    ILogger<TableGrain> logger) : Grain, ITableGrain, INeedsNoLock, IDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _abort = new();
    private readonly PeriodicTimer _ticks = new(TickPeriod, clock);
    private readonly ReceiptMemory _receipts = new(options.Value.RememberedReceipts);
    private TableName _table;
    private ILease? _lease;
    private ActivationAccount _account = null!;
    private WriteQueue _queue = null!;
    private ReservationBook _book = null!;
    private BatchCommitter _committer = null!;
    private SchemaCache _schema = null!;
    private LedgerLookup _ledger = null!;
    private Task _turn = Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _table = TableName.Parse(this.GetPrimaryKeyString());
        NeedsNoLock = ProtectedSchemas.Contains(_table);
        _lease = GrainContext.GetComponent<ILease>();
        _account = registry.Of(_table).Open(_lease);
        _queue = new WriteQueue(options.Value.Queue, clock, _account);
        var retry = WarehouseRetry.Pipeline(options.Value.Retry, clock, random, _account.OnRetry);
        _schema = new SchemaCache(warehouse, _table, retry, clock) { OnChanged = OnSchemaChanged };
        _ledger = new LedgerLookup(warehouse, _table, retry, clock);
        _committer = new BatchCommitter(warehouse, _schema.ReadAsync, options.Value.Retry, clock, random, _account);
        _book = new ReservationBook(_table, _queue, memory, IsGone, Advance, _abort.Token)
        {
            OnNotRestored = () => LogNotRestored(logger, _table),
            OnNotRemembered = () => LogNotRemembered(logger, _table),
        };
        _ = TickAsync();
        if (_lease is not null) _ = CloseWhenLostAsync(_lease);
        return Task.CompletedTask;
    }

    /// <summary>True for a table in a protected schema: every intent is refused before a ledger is created.</summary>
    public bool NeedsNoLock { get; private set; }

    public Task<WriteReceipt> SubmitAsync(InsertIntent intent)
    {
        if (NeedsNoLock) return Task.FromResult(WriteReceipt.Rejected(intent.Id, RowError.OfIntent(ProtectedSchemas.Refusal(_table))));
        if (_receipts.Deliver(intent) is { } receipt)
        {
            if (receipt.Status != WriteStatus.Committed) _account.OnAnswered(isRejected: receipt.Status == WriteStatus.Rejected);
            return Task.FromResult(receipt);
        }

        if (_queue.Join(intent.Id) is { } joined) return _queue.ContentOf(intent.Id) == intent.ContentHash ? joined : SubmitAfterAsync(joined, intent);
        return _schema.Current is { } schema && Bind(intent, schema) is { Fits: true } bound
            ? Enqueue(intent, bound, schema)
            : SubmitUncertainAsync(intent);
    }

    public async Task<SubmitManyResponse> SubmitManyAsync(SubmitManyRequest request)
    {
        var receipts = Array.ConvertAll(request.Intents, Submit);
        // The intents of one message usually share a turn, and the turn answers all of them before this continues.
        if (Array.Find(receipts, static r => !r.IsCompleted) is { } first)
            await ((Task)first).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

        var outcomes = new SubmitOutcome[receipts.Length];
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (!receipts[i].IsCompleted) _queue.StopWaiting(request.Intents[i].Id);
            outcomes[i] = await OutcomeAsync(receipts[i]);
        }

        return new SubmitManyResponse(outcomes);
    }

    public Task<WriteReceipt?> FindAsync(IntentId id) =>
        Task.FromResult(_queue.Contains(id) ? WriteReceipt.Pending(id) : _receipts.Find(id));

    public Task<ReserveResponse> ReserveAsync(ReserveRequest request) => _book.ReserveAsync(request);

    public Task ReleaseAsync(IntentId id, string holder) => _book.ReleaseAsync(id, holder);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ticks.Dispose();
        _queue.Close(new TableMovedException($"The activation of {_table} is going away ({reason.ReasonCode}). Submit again: it reaches the next one."));
        // The running transaction may finish within the deactivation time. After that it is rolled back.
        await using (cancellationToken.Register(_abort.Cancel)) await _turn;
        _account.Close();
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _abort.Dispose();
    }

    private string Activation => _lease?.Token ?? "";

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

    private static async ValueTask<SubmitOutcome> OutcomeAsync(Task<WriteReceipt> receipt)
    {
        try
        {
            return new SubmitOutcome(await receipt, null);
        }
        catch (CoordinatorException failure)
        {
            return new SubmitOutcome(null, failure);
        }
    }

    /// <summary>Handles an intent whose id is under way with other content: the outcome of that one decides.</summary>
    private async Task<WriteReceipt> SubmitAfterAsync(Task<WriteReceipt> other, InsertIntent intent)
    {
        try
        {
            if ((await other).Status == WriteStatus.Pending) return WriteReceipt.Pending(intent.Id);
        }
        catch (CoordinatorException)
        {
            // The failure goes to its own caller. The id is free again, or the ledger has it.
        }

        return await SubmitAsync(intent);
    }

    /// <summary>Handles an intent without a schema yet, or one that does not fit. An intent is never rejected with columns that were read before
    /// its arrival, because the table may have changed since.</summary>
    private async Task<WriteReceipt> SubmitUncertainAsync(InsertIntent intent)
    {
        TableSchema schema;
        try
        {
            schema = await _schema.ReadAsync(_abort.Token);
        }
        catch (WarehouseException failure) when (failure.Kind == FailureKind.Rejected)
        {
            return await RejectAsync(intent, failure.ToRowError());
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            throw Failures.ToCaller(failure, intent.Id, options.Value.Retry.MaxDelay);
        }

        // During the read of the columns another submission with the same id may have been queued.
        if (_queue.Contains(intent.Id)) return await SubmitAsync(intent);
        var bound = Bind(intent, schema);
        return bound.Fits ? await Enqueue(intent, bound, schema) : await RejectAsync(intent, bound.Errors);
    }

    private BindResult Bind(InsertIntent intent, TableSchema schema)
    {
        if (intent.Table != _table) return BindResult.Failed(RowError.OfIntent($"The intent is for {intent.Table} and was sent to {_table}."));
        if (intent.Id.Sequence < 0) return BindResult.Failed(RowError.OfIntent("The intent id's sequence is negative; it counts from 0 up."));
        return RowBinder.Bind(intent.Rows, schema);
    }

    private Task<WriteReceipt> Enqueue(InsertIntent intent, BindResult bound, TableSchema schema)
    {
        if (bound.Rows!.RowCount == 0) return RejectAsync(intent, RowError.OfIntent("The intent has no rows."));
        var receipt = _queue.Enqueue(ReferenceEquals(bound.Rows, intent.Rows) ? intent : intent.WithRows(bound.Rows), schema);
        Advance();
        return receipt;
    }

    /// <summary>Rejected means that nothing is written. Only the ledger can confirm that, because an earlier submission may have fitted the
    /// table at that time.</summary>
    private async Task<WriteReceipt> RejectAsync(InsertIntent intent, params IReadOnlyList<RowError> errors)
    {
        try
        {
            var receipt = await _ledger.FindAsync(intent.Id, _abort.Token) is { } known ? KnownReceipt.Of(intent, known) : WriteReceipt.Rejected(intent.Id, errors);
            _receipts.Remember(receipt, intent.ContentHash, isDelivered: true);
            _account.OnAnswered(isRejected: receipt.Status == WriteStatus.Rejected);
            return receipt;
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            throw Failures.ToCaller(failure, intent.Id, options.Value.Retry.MaxDelay);
        }
    }

    private void OnSchemaChanged(string change)
    {
        LogSchemaChanged(logger, _table, change);
        _account.OnSchemaChanged(change);
    }

    private void Advance()
    {
        // While a batch commits the next one only collects: the hot path ends here.
        if (_queue.InsertTurn is not null) return;
        // Not yet held, or no longer. The lease code knows which, and deactivates a grain that lost its lock.
        if (_lease is { IsHeld: false }) return;
        if (!_book.RestoredAsync().IsCompleted) return;
        if (_queue.Advance(Activation) is { } turn) _turn = RunAsync(turn);
    }

    private async Task RunAsync(InsertTurn turn)
    {
        var outcomes = await CommitAsync(turn);
        _queue.EndInsertTurn(entry =>
        {
            var outcome = outcomes(entry);
            if (outcome.Receipt is { } receipt) _receipts.Remember(receipt, entry.Intent.ContentHash, entry.IsAwaited);
            return (outcome.Receipt, outcome.Failure);
        });
        Advance();
    }

    private async Task<Func<InsertEntry, IntentOutcome>> CommitAsync(InsertTurn turn)
    {
        using var span = TurnSpans.Start(_table, turn, clock);
        try
        {
            var outcomes = await _committer.CommitAsync(
                new InsertBatch
                {
                    BatchId = Guid.NewGuid(),
                    Schema = _schema.Current!,
                    IsMixed = turn.Entries.Any(e => !ReferenceEquals(e.Schema, _schema.Current)),
                    Activation = Activation,
                    Intents = [.. turn.Entries.Select(static e => e.Intent)],
                    MayCommit = _ => ValueTask.FromResult(_lease is not { IsHeld: false }),
                    MayGoOn = _lease is null ? null : _lease.ConfirmAsync,
                },
                _abort.Token);
            return entry => outcomes[entry.Id];
        }
        catch (Exception failure)
        {
            // Report any failure to every caller in the batch, then start the next batch.
            LogBatchFailed(logger, _table, failure);
            return entry => Failures.ToCaller(failure, entry.Id, options.Value.Retry.MaxDelay);
        }
    }

    /// <summary>Ticks until the activation has ended. A grain timer would stop earlier: a deactivating grain waits for its running calls, and
    /// long polls end only with a tick or a release, which it would not receive. It would hold its lock forever.</summary>
    private async Task TickAsync()
    {
        while (await _ticks.WaitForNextTickAsync())
        {
            try
            {
                await TickOnceAsync();
            }
            catch (Exception failure)
            {
                LogTickFailed(logger, _table, failure);
            }
        }
    }

    private async Task TickOnceAsync()
    {
        foreach (var gone in await _book.TickAsync()) LogRevoked(logger, _table, gone.Id, gone.Source);
        _account.OnTick(_queue.Snapshot(), _queue.FirstWaiting(ActivationAccount.MaxWaiting));
    }

    private bool IsGone(string silo) => silo.Length > 0 && silos.IsDeadSilo(SiloAddress.FromParsableString(silo));

    /// <summary>Fails all waiting callers immediately when the lease is lost. The lease code deactivates the grain.</summary>
    private async Task CloseWhenLostAsync(ILease lease)
    {
        await lease.Lost;
        _queue.Close(new TableMovedException($"The activation of {_table} lost its lock and ends. Submit again: it reaches the next one."));
    }
}
