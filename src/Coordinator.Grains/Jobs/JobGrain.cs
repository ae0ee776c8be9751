using Coordinator.Core.Committing;
using Coordinator.Core.Jobs;
using Coordinator.Core.Outages;
using Coordinator.Core.Searching;
using Coordinator.Core.Warehouses;
using Coordinator.Errors;
using Coordinator.Grains.Clocks;
using Coordinator.Grains.Warehouses;
using Coordinator.Intents;
using Coordinator.Jobs;
using Coordinator.Receipts;

namespace Coordinator.Grains.Jobs;

/// <summary>One registered job: starts its runs, coalesces ticks into a queued run, and remembers the outcomes. It holds no lock and takes no
/// critical decision: each run's grain and the ledger do.</summary>
[KeepAlive]
internal sealed class JobGrain(LedgerSearch ledgers, WarehouseIdentity warehouse, TickClock ticks, OutageLog outages, TimeProvider clock)
    : Grain, IJobGrain
{
    private const int Remembered = 200;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Dictionary<IntentId, Task<WriteReceipt>> _running = [];
    private JobHistory _history = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _history = new JobHistory(this.GetPrimaryKeyString(), Remembered, clock);
        return Task.CompletedTask;
    }

    public async Task<WriteReceipt> RunAsync(UpdateIntent intent)
    {
        if (string.IsNullOrWhiteSpace(intent.Job) || JobTick.KeyOf(intent.Job) != this.GetPrimaryKeyString())
            return WriteReceipt.Rejected(intent.Id,
                RowError.OfIntent($"A run of job '{intent.Job}' was sent to the grain of '{this.GetPrimaryKeyString()}'."));

        await warehouse.EnsureAsync(intent.Warehouse, $"Job {intent.Job}, run {intent.Id}");
        if (_running.TryGetValue(intent.Id, out var run))
        {
            if (_history.IsOther(intent.Id, intent.ContentHash) && await OtherAsync(run, intent.Id) is { } other) return other;
            if (run.IsCompleted) return await RunAsync(intent);
        }
        else
        {
            if (_history.Deliver(intent.Id, intent.ContentHash) is { } settled) return settled;
            // Other hosts may have submitted it during the wait.
            if (await ticks.WaitUntilDueAsync(intent)) return await RunAsync(intent);
            run = _running[intent.Id] = StartAsync(intent);
            if (run.IsCompleted) _running.Remove(intent.Id);
        }

        try
        {
            var receipt = await run.WaitAsync(CallTimes.LongPoll, clock);
            return _history.Deliver(intent.Id, intent.ContentHash) ?? receipt;
        }
        catch (TimeoutException) when (!run.IsCompleted)
        {
            return WriteReceipt.Pending(intent.Id, outages.Of(intent.Writes.Count > 0 ? intent.Writes[0] : null));
        }
    }

    public async Task<JobRunsResponse> RunsAsync(JobRunsRequest request)
    {
        var job = this.GetPrimaryKeyString();
        var limit = Math.Clamp(request.Limit, 1, JobRunsRequest.MaxLimit);
        try
        {
            var committed = await ledgers.FindRunsAsync(JobTick.OriginOf(job), limit, CancellationToken.None);
            return new JobRunsResponse(JobRuns.Merge(_history.Runs, committed, job, limit));
        }
        catch (WarehouseException failure)
        {
            throw new WarehouseUnavailableException(
                $"The runs of job '{job}' cannot be read: the warehouse is unavailable. ({failure.Message})", RetryAfter);
        }
    }

    /// <summary>The receipt for another run under this id, once the first is settled; null if the first failed.</summary>
    private async Task<WriteReceipt?> OtherAsync(Task<WriteReceipt> first, IntentId id)
    {
        try
        {
            var receipt = await first.WaitAsync(CallTimes.LongPoll, clock);
            return receipt.IsCommitted ? KnownReceipt.OtherContent(receipt) : null;
        }
        catch (TimeoutException) when (!first.IsCompleted)
        {
            return WriteReceipt.Pending(id, outages.Of(null));
        }
        catch (CoordinatorException)
        {
            // The failure goes to its own caller.
            return null;
        }
    }

    private async Task<WriteReceipt> StartAsync(UpdateIntent intent)
    {
        CallerTime.Forget();
        _history.Begin(intent.Id, intent.ContentHash);
        try
        {
            var receipt = await CoalesceAsync(intent) ?? await RunToEndAsync(intent);
            _history.End(receipt);
            return receipt;
        }
        catch (Exception failure)
        {
            // Waiting callers get the failure and retry with the same id.
            _history.Fail(intent.Id, failure.Message);
            throw;
        }
        finally
        {
            _running.Remove(intent.Id);
        }
    }

    private async Task<WriteReceipt> RunToEndAsync(UpdateIntent intent)
    {
        var grain = GrainFactory.GetGrain<IUpdateGrain>(intent.Id.ToString());
        WriteReceipt receipt;
        do receipt = await grain.RunAsync(intent);
        while (receipt.Status == WriteStatus.Pending);
        return receipt;
    }

    /// <summary>Asks the pending run, if any, to cover this tick. Only its grain knows whether its SQL has started.</summary>
    private async Task<WriteReceipt?> CoalesceAsync(UpdateIntent intent)
    {
        if (JobTick.TimeOf(intent.Job, intent.Id) is null || _history.PendingBefore(intent.Id) is not { } earlier) return null;
        var grain = GrainFactory.GetGrain<IUpdateGrain>(earlier.ToString());
        _history.Coalesce(intent.Id, earlier);
        WriteReceipt? receipt;
        do receipt = await grain.CoalesceAsync(intent);
        while (receipt?.Status == WriteStatus.Pending);
        if (receipt is null) _history.Coalesce(intent.Id, null);
        return receipt;
    }
}
