using Coordinator.Core.Committing;
using Coordinator.Core.Jobs;
using Coordinator.Core.Leases;
using Coordinator.Core.Outages;
using Coordinator.Core.Sql;
using Coordinator.Errors;
using Coordinator.Grains.Warehouses;
using Coordinator.Intents;
using Coordinator.Locking;
using Coordinator.Receipts;
using Coordinator.Tables;
using Orleans.GrainDirectory;

namespace Coordinator.Grains.Updates;

/// <summary>One update, from its first submission to its receipt. A repeated submission joins it.</summary>
/// <remarks>It may run for hours. With Orleans' default directory it would be lost when the silo with its directory entry leaves; the
/// distributed directory hands the entry over.</remarks>
[GhettoLocked, CollectionAgeLimit(Minutes = 2), GrainDirectory(Directory)]
internal sealed class UpdateGrain(UpdateRunner runner, WarehouseIdentity warehouse, OutageLog outages, TimeProvider clock)
    : Grain, IUpdateGrain, IDisposable
{
    /// <summary>The directory of running updates.</summary>
    public const string Directory = "updates";

    private static readonly TimeSpan KeepAlivePeriod = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task<WriteReceipt>? _run;
    private Guid _content;
    private CoalescedTicks? _ticks;
    private TableName? _target;
    private bool _isDelivered;

    public async Task<WriteReceipt> RunAsync(UpdateIntent intent)
    {
        await warehouse.EnsureAsync(intent.Warehouse, $"Update {intent.Id}");
        if (_run is not null && KnownReceipt.IsOther(intent.ContentHash, _content) && await OtherAsync(_run, intent.Id) is { } other) return other;
        _content = _run is null ? intent.ContentHash : _content;
        var receipt = await PollAsync(_run ??= StartAsync(intent), intent.Id);
        if (receipt.Status != WriteStatus.Committed) return receipt;
        if (_isDelivered) return receipt with { Status = WriteStatus.AlreadyCommitted };
        _isDelivered = true;
        return receipt;
    }

    public async Task<WriteReceipt?> CoalesceAsync(UpdateIntent tick)
    {
        if (_run is not { } run || _ticks is not { } ticks || !ticks.TryAdd(tick)) return null;
        var receipt = await PollAsync(run, tick.Id);
        if (receipt.Status == WriteStatus.Pending) return receipt;
        // The ledger may already have a tick in between. Then the run covers only the ticks before that one.
        return receipt.IsCommitted && !ticks.HasDone(tick.Id)
            ? null
            : receipt with { Id = tick.Id, CoalescedInto = receipt.CoalescedInto ?? receipt.Id };
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_run is { } run) await run.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>The receipt for other content under this id: refused once the first is committed. Null if the first failed and the id is
    /// free.</summary>
    private async Task<WriteReceipt?> OtherAsync(Task<WriteReceipt> first, IntentId id)
    {
        try
        {
            var receipt = await PollAsync(first, id);
            if (receipt.Status == WriteStatus.Pending) return receipt;
            if (receipt.IsCommitted) return KnownReceipt.OtherContent(receipt);
        }
        catch (CoordinatorException)
        {
            // The failure goes to its own caller.
        }

        if (ReferenceEquals(_run, first)) _run = null;
        return null;
    }

    private async Task<WriteReceipt> PollAsync(Task<WriteReceipt> run, IntentId id)
    {
        try
        {
            return await run.WaitAsync(CallTimes.PollAfter(LockWait.OfThisCall), clock);
        }
        catch (TimeoutException)
        {
            return WriteReceipt.Pending(id, outages.Of(_target));
        }
        finally
        {
            // A failure is reported to its waiting callers. The next submission starts a new run, and the ledger prevents a second execution.
            if (run.IsFaulted && ReferenceEquals(_run, run)) _run = null;
        }
    }

    private async Task<WriteReceipt> StartAsync(UpdateIntent intent)
    {
        CallerTime.Forget();
        _target = intent.Writes.Count > 0 ? intent.Writes[0] : null;
        if (Invalid(intent) is { } reason) return await runner.RejectAsync(intent, reason, _stopping.Token);
        UpdateIntent complete;
        try
        {
            complete = SqlParameters.Apply(intent);
        }
        catch (FormatException e)
        {
            return await runner.RejectAsync(intent, e.Message, _stopping.Token);
        }

        // The runtime does not count running SQL as a call. Without this an update without a long poll would be collected.
        using var keepAlive = this.RegisterGrainTimer(
            static () => Task.CompletedTask, new GrainTimerCreationOptions(KeepAlivePeriod, KeepAlivePeriod) { KeepAlive = true, Interleave = true });
        var lease = GrainContext.GetComponent<ILease>();
        _ticks = new CoalescedTicks(intent);
        return await runner.RunAsync(complete, _ticks, lease?.Token ?? default, () => lease is not { IsHeld: false }, _stopping.Token);
    }

    private string? Invalid(UpdateIntent intent)
    {
        if (intent.Id.ToString() != this.GetPrimaryKeyString()) return $"Update {intent.Id} was sent to the grain of {this.GetPrimaryKeyString()}.";
        if (string.IsNullOrWhiteSpace(intent.Sql)) return "An update needs SQL to run.";
        return null;
    }
}
