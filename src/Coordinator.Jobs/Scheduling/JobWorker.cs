using Coordinator.Client;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Jobs.Catalog;
using Coordinator.Receipts;
using Microsoft.Extensions.Logging;

namespace Coordinator.Jobs.Scheduling;

/// <summary>Runs one job's schedule: submits each tick under its id when it is due. Other hosts do the same, and each tick runs once. The client
/// retries temporary failures.</summary>
internal sealed partial class JobWorker(Job job, JobSchedule schedule, ICoordinatorClient client, TimeProvider clock, ILogger logger) : IDisposable
{
    /// <summary>The maximum number of ticks that wait for their receipts. Beyond it the next tick waits, and those that become due in the
    /// meantime are missed.</summary>
    private const int MaxUnderWay = 64;

    /// <summary>How late a tick may be before it counts as missed, because of a pause of this process or of the machine.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    // Shorter than the grace: a clock that is set forward must not make a tick missed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _room = new(MaxUnderWay);

    /// <summary>Runs until cancelled, or until the schedule has no further tick.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(cancellationToken);
            LogOver(job.Name, schedule.Text);
        }
        finally
        {
            for (var i = 0; i < MaxUnderWay; i++) await _room.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var last = await CatchUpAsync(cancellationToken);
        while (schedule.Next(last) is { } tick)
        {
            var due = schedule.DueAt(tick);
            if (!await WaitUntilAsync(due, last, cancellationToken))
            {
                last = await CatchUpAsync(cancellationToken);
                continue;
            }

            await _room.WaitAsync(cancellationToken);
            if (clock.GetUtcNow() - due <= Grace)
            {
                Submit(tick, cancellationToken);
                last = tick;
                continue;
            }

            _room.Release();
            last = await CatchUpAsync(cancellationToken);
        }
    }

    /// <summary>Applies the misfire policy to the ticks that no host submitted since the newest known tick, and returns the moment from which to
    /// continue.</summary>
    private async Task<DateTimeOffset> CatchUpAsync(CancellationToken cancellationToken)
    {
        var newest = await NewestTickAsync(cancellationToken);
        var now = clock.GetUtcNow();
        // A job that never ran has missed nothing. A tick in the future is from a host with a wrong clock.
        if (newest is not { } known || known > now) return now;
        if (schedule.LatestDue(known, now) is not { } missed) return known;
        if (job.Misfire == Misfire.Skip)
        {
            LogSkipped(job.Name, known, missed);
            return missed;
        }

        LogMadeUp(job.Name, known, missed);
        await _room.WaitAsync(cancellationToken);
        Submit(missed, cancellationToken);
        return missed;
    }

    private async Task<DateTimeOffset?> NewestTickAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var runs = await client.FindJobRunsAsync(job.Name, JobRunsRequest.MaxLimit, cancellationToken);
                return runs.Max(static run => run.ThroughTick ?? run.Tick);
            }
            catch (CoordinatorException failure)
            {
                LogNoHistory(job.Name, failure.Message);
                await Task.Delay(RetryDelay, clock, cancellationToken);
            }
        }
    }

    /// <summary>Waits in short waits, because the clock may be set and the machine may sleep.</summary>
    /// <returns>False if the clock was set back to well before the last tick: that tick, and what was submitted of its future, was refused.</returns>
    private async Task<bool> WaitUntilAsync(DateTimeOffset due, DateTimeOffset last, CancellationToken cancellationToken)
    {
        while (due - clock.GetUtcNow() is { Ticks: > 0 } wait)
        {
            if (last - clock.GetUtcNow() > Grace) return false;
            await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, cancellationToken);
        }

        return true;
    }

    private void Submit(DateTimeOffset tick, CancellationToken cancellationToken) => _ = SubmitAsync(tick, cancellationToken);

    private async Task SubmitAsync(DateTimeOffset tick, CancellationToken cancellationToken)
    {
        try
        {
            while (await TrySubmitAsync(tick, cancellationToken) is { } wait) await Task.Delay(wait, clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This host ends. The run continues.
        }
        catch (Exception failure)
        {
            LogFailed(job.Name, tick, failure);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>Submits a tick and waits for its receipt.</summary>
    /// <returns>When to submit it again, because another clock is behind; null once it has ended.</returns>
    private async Task<TimeSpan?> TrySubmitAsync(DateTimeOffset tick, CancellationToken cancellationToken)
    {
        // A tick has no content hash: its id stands for the same work even if the hosts' settings differ.
        var options = new WriteOptions
        {
            Id = JobTick.IdOf(job.Name, tick),
            ContentHash = Guid.Empty,
            Timeout = CoordinatorClientOptions.MaxTimeout
        };
        try
        {
            var receipt = await client.UpdateAsync(job.RunAt(tick), options, cancellationToken);
            if (receipt.Status == WriteStatus.Rejected) LogRejected(job.Name, tick, string.Join(" ", receipt.Errors));
            else if (receipt.CoalescedInto is { } run) LogCoalesced(job.Name, tick, run);
            else LogDone(job.Name, tick, receipt.Status, receipt.Rows);
            return null;
        }
        catch (TickNotDueException early)
        {
            LogNotDue(job.Name, tick, early.Message);
            // Without a hint this host's clock is wrong, and the tick is left to hosts whose clocks are right. Else it may be early on every host.
            return early.RetryAfter > TimeSpan.Zero
                ? TimeSpan.FromTicks(Math.Clamp(early.RetryAfter.Ticks, RetryDelay.Ticks, LongestDelay.Ticks))
                : null;
        }
    }
}
