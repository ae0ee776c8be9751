using Coordinator.Core.Jobs;
using Coordinator.Core.Leases;
using Coordinator.Intents;
using Coordinator.Locking;
using Coordinator.Receipts;
using Microsoft.Extensions.Hosting;

namespace Coordinator.Grains.Updates;

/// <summary>One update, from its first submission to its receipt. Submitting it again joins it.</summary>
[GhettoLocked, CollectionAgeLimit(Minutes = 2)]
internal sealed class UpdateGrain(UpdateRunner runner, IHostApplicationLifetime host, TimeProvider clock) : Grain, IUpdateGrain
{
    private Task<WriteReceipt>? _run;
    private TickCover? _cover;
    private bool _isDelivered;

    public async Task<WriteReceipt> RunAsync(UpdateIntent intent)
    {
        var receipt = await PollAsync(_run ??= Start(intent), intent.Id);
        if (receipt.Status != WriteStatus.Committed) return receipt;
        if (_isDelivered) return receipt with { Status = WriteStatus.AlreadyCommitted };
        _isDelivered = true;
        return receipt;
    }

    public async Task<WriteReceipt?> CoalesceAsync(UpdateIntent tick)
    {
        if (_run is not { } run || _cover is not { } cover || !cover.TryAdd(tick)) return null;
        var receipt = await PollAsync(run, tick.Id);
        if (receipt.Status == WriteStatus.Pending) return receipt;
        // The ledger may have had a tick in between already; then the run covers no more than what is before that one.
        return receipt.IsCommitted && !cover.HasDone(tick.Id) ? null : receipt with { Id = tick.Id, CoalescedInto = receipt.CoalescedInto ?? receipt.Id };
    }

    private async Task<WriteReceipt> PollAsync(Task<WriteReceipt> run, IntentId id)
    {
        try
        {
            return await run.WaitAsync(TableGrainCalls.LongPoll, clock);
        }
        catch (TimeoutException)
        {
            return WriteReceipt.Pending(id);
        }
        finally
        {
            // A failure is answered to those who waited for it; the next submission starts afresh, and the ledger keeps it from running twice.
            if (run.IsFaulted && ReferenceEquals(_run, run)) _run = null;
        }
    }

    /// <summary>
    /// Runs it as a timer's callback. That is a call in the runtime's eyes, so that the activation is neither collected nor ended under the SQL: not even when
    /// the directory forgets it because another silo is gone. It ends when this silo stops or its lock is lost.
    /// </summary>
    private Task<WriteReceipt> Start(UpdateIntent intent)
    {
        if (Invalid(intent) is { } reason) return Task.FromResult(WriteReceipt.Rejected(intent.Id, RowError.OfIntent(reason)));
        var cover = _cover = new TickCover(intent);
        var done = new TaskCompletionSource<WriteReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        this.RegisterGrainTimer(
            async _ =>
            {
                try
                {
                    done.SetResult(await ExecuteAsync(intent, cover));
                }
                catch (Exception failure)
                {
                    done.SetException(failure);
                }
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true, Interleave = true });
        return done.Task;
    }

    private async Task<WriteReceipt> ExecuteAsync(UpdateIntent intent, TickCover cover)
    {
        var lease = GrainContext.GetComponent<ILease>();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);
        var run = runner.RunAsync(intent, cover, lease?.Token ?? "", () => lease is not { IsHeld: false }, stopping.Token);
        if (lease is not null && await Task.WhenAny(run, lease.Lost) == lease.Lost) await stopping.CancelAsync();
        return await run;
    }

    private string? Invalid(UpdateIntent intent)
    {
        if (intent.Id.ToString() != this.GetPrimaryKeyString()) return $"Update {intent.Id} was sent to the grain of {this.GetPrimaryKeyString()}.";
        if (string.IsNullOrWhiteSpace(intent.Sql)) return "An update needs SQL to run.";
        return null;
    }
}
