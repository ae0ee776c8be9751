using Coordinator.Core.Committing;
using Coordinator.Core.Contention;
using Coordinator.Core.Leases;
using Coordinator.Core.Outages;
using Coordinator.Core.Queueing;
using Coordinator.Core.Reservations;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains.Contention;
using Coordinator.Grains.Warehouses;
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
    OutageLog outages,
    ISiloStatusOracle silos,
    IReservationMemory memory,
    MissingTables missing,
    WarehouseIdentity identity,
    TableTicks siloTicks,
    TableRetry retry,
    TimeProvider clock,
    ILogger<TableGrain> logger) : Grain, ITableGrain, INeedsNoLock, IDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private readonly ReceiptMemory _receipts = new(options.Value.RememberedReceipts);
    private TableName _table;
    private ILease? _lease;
    private ActivationAccount _account = null!;
    private WriteQueue _queue = null!;
    private ActivationTicks _ticks = null!;
    private SchemaCache _schema = null!;
    private Task _turn = Task.CompletedTask;

    // Null while the table is idle.
    private InsertAdmission? _admission;
    private BatchCommitter? _committer;
    private ReservationBook? _book;
    private bool _isPaced;
    private bool _isProtected;
    private bool _isReserved;
    private bool _isRestored;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _table = TableName.Parse(this.GetPrimaryKeyString());
        _isProtected = ProtectedSchemas.Contains(_table);
        _lease = GrainContext.GetComponent<ILease>();
        _account = registry.Open(_table, _lease);
        _queue = new WriteQueue(options.Value.Queue, clock, _account, () => outages.Of(_table), registry.QueuedBytes);
        _schema = new SchemaCache(warehouse, _table, retry.Questions, _account.OnRetry, clock) { OnChanged = OnSchemaChanged };
        _ticks = new ActivationTicks(siloTicks, () => !_queue.IsIdle || _lease is { IsHeld: false }, TickAsync);
        _ticks.AskIfDue();
        if (_lease is not null) _lease.Changed += StartLockChange;
        return Task.CompletedTask;
    }

    /// <summary>True for a table in a protected schema, and for a name that is no table: every intent is refused, and no lock is taken and no
    /// ledger made. An update may reserve what only it can read, such as a view, so its calls do not open the table.</summary>
    public async ValueTask<bool> NeedsNoLockAsync(string method)
    {
        if (_isProtected) return true;
        _isReserved |= method is nameof(ReserveAsync) or nameof(ReleaseAsync);
        if (_isReserved || _schema.Current is not null) return false;
        if (_admission?.Missing is not null) return true;
        try
        {
            // An intent is never rejected with a catalog that was read before its arrival, so a miss only delays the next look.
            if (missing.Left(_table) is { Ticks: > 0 } left) await Task.Delay(left, clock, _abort.Token);
            await _schema.LookAsync(_abort.Token);
        }
        catch (WarehouseException failure) when (failure.Kind == FailureKind.Rejected)
        {
            missing.Add(_table);
            // An update reserved it meanwhile.
            return !_isReserved && Miss(failure.ToRowError());
        }
        catch (Exception failure) when (failure is WarehouseException or OperationCanceledException)
        {
            // Nothing is known of the table. The intent meets the failure again and reports it.
        }

        return false;
    }

    public Task<WriteReceipt> SubmitAsync(InsertIntent intent) =>
        _isProtected ? Task.FromResult(Refused(intent)) : Admission.SubmitAsync(intent);

    public Task<SubmitManyResponse> SubmitManyAsync(SubmitManyRequest request) => _isProtected
        ? Task.FromResult(new SubmitManyResponse(Array.ConvertAll(request.Intents, intent => (IntentOutcome)Refused(intent))))
        : Admission.SubmitManyAsync(request);

    public Task<WriteReceipt?> FindAsync(IntentId id) =>
        Task.FromResult(_queue.Contains(id) ? WriteReceipt.Pending(id, outages.Of(_table)) : _receipts.Find(id));

    public Task<ReserveResponse> ReserveAsync(ReserveRequest request) => Book.ReserveAsync(request, LockWait.OfThisCall);

    public Task ReleaseAsync(IntentId id, string holder) => Book.ReleaseAsync(id, HolderId.Read(holder));

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ticks.Stop();
        if (_lease is not null) _lease.Changed -= StartLockChange;
        _queue.Close(new TableMovedException(
            $"The activation of {_table} is going away ({reason.ReasonCode}). Submit again: it reaches the next one."));
        // The running transaction may finish within the deactivation time. After that it is rolled back.
        await using (cancellationToken.Register(_abort.Cancel)) await _turn;
        _account.Close();
        if (_isProtected || _admission?.Missing is not null) registry.Drop(_table);
    }

    public void Dispose() => _abort.Dispose();

    /// <summary>Refuses the calls of this moment and ends, so that a name that is no table leaves nothing behind.</summary>
    private bool Miss(RowError reason)
    {
        Admission.Missing = reason;
        DeactivateOnIdle();
        return true;
    }

    private WriteReceipt Refused(InsertIntent intent) => WriteReceipt.Rejected(intent.Id, RowError.OfIntent(ProtectedSchemas.Refusal(_table)));

    private OwnerToken Activation => _lease?.Token ?? default;

    private InsertAdmission Admission => _admission ??= new InsertAdmission(
        _table, identity, _queue, _receipts, _schema, new LedgerLookup(warehouse, _table, retry.Questions, _account.OnRetry, clock), _account,
        retry.MaxDelay, Advance, _abort.Token);

    private ReservationBook Book => _book ??= new ReservationBook(_table, _queue, memory, IsGone, Advance, _abort.Token)
    {
        IsRestored = _isRestored,
        OnNotRestored = () => LogNotRestored(logger, _table),
        OnNotRemembered = () => LogNotRemembered(logger, _table),
    };

    private void Advance()
    {
        if (!_ticks.IsAsked) _ticks.AskIfDue();
        // While a batch commits the next one only collects: the hot path ends here.
        if (_queue.InsertTurn is not null) return;
        // Not yet held, or no longer. The lease code knows which, and deactivates a grain that lost its lock.
        if (_lease is { IsHeld: false }) return;
        if (!_isRestored && !(_isRestored = Book.RestoredAsync().IsCompleted)) return;
        if (_queue.Advance(Activation) is { } turn) _turn = RunAsync(turn);
        else if (!_isPaced && _queue.KeptByPace is { Ticks: > 0 } left) _ = AdvanceAfterAsync(left);
    }

    /// <summary>Advances when the pace allows it. The next tick would be up to a second late.</summary>
    private async Task AdvanceAfterAsync(TimeSpan left)
    {
        _isPaced = true;
        // A timer of less than a millisecond would be due at once, and again.
        await Task.Delay(left + TimeSpan.FromMilliseconds(1), clock, _abort.Token).ConfigureAwait(
            ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        _isPaced = false;
        if (!_abort.IsCancellationRequested) Advance();
    }

    private async Task RunAsync(InsertTurn turn)
    {
        var outcomes = await CommitAsync(turn);
        _queue.EndInsertTurn(entry =>
        {
            var outcome = outcomes(entry);
            if (outcome.Receipt is { } receipt) _receipts.Remember(receipt, entry.Intent.ContentHash, entry.IsAwaited);
            return outcome;
        });
        Advance();
        // An idle table keeps nothing of its last turn.
        if (_queue.InsertTurn is null) _turn = Task.CompletedTask;
    }

    private async Task<Func<InsertEntry, IntentOutcome>> CommitAsync(InsertTurn turn)
    {
        using var span = TurnSpans.Start(_table, turn, clock);
        try
        {
            _committer ??= new BatchCommitter(warehouse, _schema.ReadAsync, retry, clock, _account);
            var outcomes = await _committer.CommitAsync(
                new InsertBatch
                {
                    BatchId = Guid.NewGuid(),
                    Schema = _schema.Current!,
                    LeavesOutRejected = turn.IsOfRejected,
                    IsMixed = turn.Entries.Any(e => !ReferenceEquals(e.Schema, _schema.Current)),
                    Activation = Activation,
                    Intents = [.. turn.Entries.Select(static e => e.Intent)],
                    MayCommit = _ => ValueTask.FromResult(_lease is not { IsHeld: false }),
                    MayRetry = _lease is null ? null : _lease.ConfirmAsync,
                },
                _abort.Token);
            return entry => outcomes[entry.Id];
        }
        catch (Exception failure)
        {
            // Report any failure to every caller in the batch, then start the next batch.
            LogBatchFailed(logger, _table, failure);
            return entry => CallerFailure.Of(failure, entry.Id, retry.MaxDelay);
        }
    }

    private async Task TickAsync()
    {
        try
        {
            foreach (var gone in await Book.TickAsync()) LogRevoked(logger, _table, gone.Id, gone.Source);
            _account.OnTick(_queue.Snapshot(), _queue.FirstWaiting(ActivationAccount.MaxWaiting));
            if (!_queue.IsIdle) return;
            // An idle table keeps only what it cannot make again.
            _schema.Rest();
            if (_admission is { IsBlank: true }) _admission = null;
            if (_committer is { IsBlank: true }) _committer = null;
            if (_book is { IsBlank: true }) (_book, _isRestored) = (null, true);
        }
        catch (Exception failure)
        {
            LogTickFailed(logger, _table, failure);
        }
    }

    private bool IsGone(SiloId silo) => !silo.IsNone && silos.IsDeadSilo(SiloAddress.FromParsableString(silo.ToString()));

    private void StartLockChange() => _ticks.Start(static grain => ((TableGrain)grain!).OnLockChanged(), this);

    /// <summary>Fails all waiting callers immediately when the lock is lost. The lease code deactivates the grain.</summary>
    private void OnLockChanged()
    {
        _account.OnLockChanged();
        _ticks.AskIfDue();
        if (_lease is { IsLost: true })
            _queue.Close(new TableMovedException($"The activation of {_table} lost its lock and ends. Submit again: it reaches the next one."));
    }
}
