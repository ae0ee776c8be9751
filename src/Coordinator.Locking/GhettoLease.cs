using Coordinator.Contention;
using Coordinator.Core.Leases;
using Coordinator.Errors;
using Coordinator.Grains;
using Coordinator.Intents;

namespace Coordinator.Locking;

/// <summary>One activation's ghetto lock: executes the steps of its <see cref="Lease"/>, one at a time.</summary>
internal sealed partial class GhettoLease(IGrainContext context, string key, Lease lease, LeaseEnvironment environment) : ILifecycleObserver
{
    // The lock is not tried for while no call waits for it, so callers come back soon.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private Task _step = Task.CompletedTask;
    private Task _acquiring = Task.CompletedTask;
    private long _acquireUntil;
    private bool _isAcquiring;
    private bool _wasTried;
    private bool _hasMetRival;
    private bool _isEnded;
    private LockReply _lastReply = new(LockReplyKind.Unknown, Detail: "the store has not answered yet");

    public Lease Lease => lease;

    private string Token => lease.Token.ToString();

    private LockingOptions Options => environment.Options;

    private TimeProvider Clock => environment.Clock;

    /// <summary>Returns once the lock is held. However many calls wait, one loop asks the store.</summary>
    /// <param name="call">The waiting call's request, for its trace.</param>
    /// <returns>How long the call waited.</returns>
    /// <exception cref="TableLockedException">Not within the limit, or not while the caller still listens.</exception>
    /// <exception cref="TableMovedException">The lock is lost or given up; so this activation is over.</exception>
    public async Task<TimeSpan> WaitUntilHeldAsync(ITraced? call = null)
    {
        LockingMetrics.Waited.Add(1);
        using var span = LockingSpans.StartLock(key, call);
        var began = Clock.GetTimestamp();
        try
        {
            await WaitAsync(began, CallerTime.MaxWait < Options.AcquireTimeout ? CallerTime.MaxWait : Options.AcquireTimeout);
        }
        finally
        {
            span?.End(lease.State);
        }

        return Clock.GetElapsedTime(began);
    }

    private async Task WaitAsync(long began, TimeSpan limit)
    {
        while (!lease.IsHeld)
        {
            if (lease.State is LeaseState.Lost or LeaseState.Released)
                throw new TableMovedException(
                    $"The activation of {context.GrainId} no longer holds its lock and ends. Submit again: it reaches the next one.");
            var left = limit - Clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero) throw NotInTime(limit);
            try
            {
                await AcquireUntil(Clock.GetTimestamp() + (long)(left.TotalSeconds * Clock.TimestampFrequency)).WaitAsync(left, Clock);
            }
            catch (TimeoutException)
            {
                // Others may wait for longer; this call is answered now.
            }

            if (!lease.IsHeld && lease.State is LeaseState.None or LeaseState.Waiting or LeaseState.Quarantined) throw NotInTime(limit);
        }
    }

    /// <summary>Tries to get the lock until a time, which lengthens the tries that are under way.</summary>
    private Task AcquireUntil(long timestamp)
    {
        lock (_gate)
        {
            _acquireUntil = Math.Max(_acquireUntil, timestamp);
            if (_isAcquiring) return _acquiring;
            _isAcquiring = true;
            // The store's spans belong to the call that waits first.
            return _acquiring = Task.Run(AcquireAsync);
        }
    }

    /// <summary>Sends the renewal that is due, if any, and deactivates the grain of a lost lease.</summary>
    public void RenewIfDue()
    {
        if (!lease.NeedsCare) return;
        var state = lease.State;
        if (state is LeaseState.Held or LeaseState.Unverified) _ = StepAsync();
        else if (state == LeaseState.Lost) End();
    }

    /// <summary>Executes the step that is due, if any, or joins the running one.</summary>
    private Task StepAsync()
    {
        // Started under the lock and synchronously, so that renewals that are due together are sent together. It calls no code that comes back
        // here.
        lock (_gate) return _step.IsCompleted ? _step = StepOnceAsync() : _step;
    }

    public Task OnStart(CancellationToken cancellationToken = default)
    {
        environment.Renewer.Add(this);
        return Task.CompletedTask;
    }

    /// <summary>Releases the lock with its own time limit, because Orleans' token may already be cancelled.</summary>
    public async Task OnStop(CancellationToken cancellationToken = default)
    {
        environment.Renewer.Remove(this);
        lease.Release();
        using var limit = new CancellationTokenSource(Options.ReleaseTimeout, Clock);
        try
        {
            // A running try may still acquire the key.
            Task step;
            lock (_gate) step = _step;
            await step.WaitAsync(limit.Token);
            if (_wasTried) await ReleaseAsync(limit.Token);
            else LogEnded(environment.Logger, key, Token);
        }
        catch (OperationCanceledException)
        {
            LogNotReleased(environment.Logger, key, $"No answer within {Options.ReleaseTimeout.TotalSeconds:0.#} s.");
        }
    }

    private async Task AcquireAsync()
    {
        while (ShallAcquire(out var delay))
        {
            if (delay > TimeSpan.Zero) await Task.Delay(delay, Clock);
            await StepAsync();
        }
    }

    private bool ShallAcquire(out TimeSpan delay)
    {
        // Under the lock: a call that comes now either lengthens these tries or begins new ones.
        lock (_gate)
        {
            delay = lease.Next().Delay;
            var left = Clock.GetElapsedTime(Clock.GetTimestamp(), _acquireUntil);
            if (lease.IsHeld || lease.State is LeaseState.Lost or LeaseState.Released || delay >= left)
                (_isAcquiring, _acquiring) = (false, Task.CompletedTask);
            return _isAcquiring;
        }
    }

    private async Task StepOnceAsync()
    {
        try
        {
            var before = lease.State;
            var step = lease.Next();
            if (step.Kind != LeaseStepKind.Nothing && step.Delay == TimeSpan.Zero) await AskAsync(step.Kind);
            var after = lease.State;
            Report(before, after);
            if (after == LeaseState.Lost) End();
        }
        catch (Exception failure)
        {
            LogStepFailed(environment.Logger, key, failure);
        }
        finally
        {
            // Its state is not kept until the next step.
            lock (_gate) _step = Task.CompletedTask;
        }
    }

    private async Task AskAsync(LeaseStepKind kind)
    {
        if (!_wasTried) LogBegins(environment.Logger, key, Token);
        _wasTried = true;
        var sent = Clock.GetTimestamp();
        switch (kind)
        {
            case LeaseStepKind.Renew:
                _lastReply = await environment.Store.RenewAsync(key, Token, Options.Ttl, CancellationToken.None);
                lease.OnRenewReply(sent, _lastReply);
                if (_lastReply.Kind == LockReplyKind.Mine) LockingMetrics.Renewed.Add(1);
                break;
            case LeaseStepKind.Reassert:
                _lastReply = await environment.Store.ReassertAsync(key, Token, Options.Ttl, CancellationToken.None);
                lease.OnReassertReply(sent, _lastReply);
                break;
            default:
                _lastReply = await environment.Store.AcquireAsync(key, Token, Options.Ttl, CancellationToken.None);
                lease.OnAcquireReply(sent, _lastReply);
                break;
        }
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _isEnded, true)) return;
        environment.Renewer.Remove(this);
        LockingMetrics.Lost.Add(1);
        LogLost(environment.Logger, key, Token, lease.Rival);
        context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"It lost its lock {key}."), CancellationToken.None);
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var reply = await environment.Store.ReleaseAsync(key, Token, cancellationToken);
        if (reply.Kind is LockReplyKind.Unknown or LockReplyKind.Unreachable) LogNotReleased(environment.Logger, key, reply.Detail);
        else if (reply.Kind != LockReplyKind.Free) LogEnded(environment.Logger, key, Token);
        else
        {
            LockingMetrics.Released.Add(1);
            LogReleased(environment.Logger, key, Token);
        }
    }

    private TableLockedException NotInTime(TimeSpan limit)
    {
        var reason = lease.Rival is { Length: > 0 } rival ? $"held by {rival}" : $"not available: {_lastReply.Kind} {_lastReply.Detail}".TrimEnd();
        return new TableLockedException(
            $"The lock {key} is {reason}; gave up after {limit.TotalSeconds:0.#} s. Nothing was queued; submit again.", RetryAfter);
    }
}
