using Coordinator.Contention;
using Coordinator.Grains;

namespace Coordinator.Core.Leases;

/// <summary>
/// One owner's lease: it is given what the store answered and says what to ask next. It does no I/O, has one clock, and never believes more than was
/// answered. Safe for any number of threads: <see cref="LeaseMachine"/> has the rules, this class the lock and those who wait.
/// </summary>
/// <remarks>
/// A life counts from before the request left, on the monotonic clock, less two seconds: memcached counts whole seconds of a
/// clock of its own, so that a life of T lasts from T−1 to T.
/// </remarks>
public sealed class Lease(OwnerToken token, LeaseOptions options, TimeProvider clock, Random random) : ILease
{
    /// <summary>How much memcached's whole seconds may shorten a TTL, rounded up.</summary>
    public static readonly TimeSpan StoreRounding = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly LeaseMachine _machine = new(token.ToString(), options, clock, random);
    private LeaseState _shown;
    private TaskCompletionSource? _verified;

    /// <inheritdoc/>
    public OwnerToken Token => token;

    /// <inheritdoc/>
    public bool IsHeld => _machine.IsHeld;

    /// <inheritdoc/>
    public bool IsLost
    {
        get
        {
            lock (_gate) return _machine.State == LeaseState.Lost;
        }
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public async ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken)
    {
        Task verified;
        lock (_gate)
        {
            if (StateNow_NeedsLock() != LeaseState.Unverified) return IsHeld;
            _verified ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            verified = _verified.Task;
        }

        try
        {
            await verified.WaitAsync(options.Ttl, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // In that case, as far as can be known here, no owner reaches the store.
        }

        return IsHeld;
    }

    /// <summary>True when a step may be due or the lease over: a check without a lock, for a caller that checks many leases
    /// frequently.</summary>
    public bool NeedsCare => clock.GetTimestamp() >= Due;

    /// <summary>When a step may be due or the lease over, as a timestamp of the clock. A reply that moves this to an earlier time comes only while
    /// it is past; <see cref="RenewNow"/> moves it at any time.</summary>
    public long Due => _machine.Due;

    /// <summary>The present state of the lease.</summary>
    public LeaseState State
    {
        get
        {
            lock (_gate) return StateNow_NeedsLock();
        }
    }

    /// <summary>The token of the owner that holds the lock instead, as last read; else empty.</summary>
    public string Rival
    {
        get
        {
            lock (_gate) return _machine.Rival;
        }
    }

    /// <summary>The next request to the store, and its time.</summary>
    public LeaseStep Next()
    {
        lock (_gate)
        {
            StateNow_NeedsLock();
            var delay = clock.GetElapsedTime(clock.GetTimestamp(), _machine.Due);
            return new LeaseStep(_machine.NextKind, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        }
    }

    /// <summary>Processes the store's reply to an acquire.</summary>
    /// <param name="sentTimestamp">The clock's timestamp before the request was sent.</param>
    /// <param name="reply">The reply.</param>
    public void OnAcquireReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            _machine.OnAcquireReply(sentTimestamp, reply);
            TellWaiters_NeedsLock();
        }
    }

    /// <summary>Processes the store's reply to a renewal.</summary>
    /// <param name="sentTimestamp">The clock's timestamp before the request was sent.</param>
    /// <param name="reply">The reply.</param>
    public void OnRenewReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            _machine.OnRenewReply(sentTimestamp, reply);
            TellWaiters_NeedsLock();
        }
    }

    /// <summary>Processes the store's reply to a current owner that restores its key.</summary>
    /// <param name="sentTimestamp">The clock's timestamp before the request was sent.</param>
    /// <param name="reply">The reply.</param>
    public void OnReassertReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            _machine.OnReassertReply(sentTimestamp, reply);
            TellWaiters_NeedsLock();
        }
    }

    /// <summary>Moves a planned renewal to now.</summary>
    public void RenewNow()
    {
        lock (_gate)
        {
            _machine.RenewNow();
            TellWaiters_NeedsLock();
        }
    }

    /// <summary>Gives up the lease. Later replies of the store have no effect.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _machine.Release();
            TellWaiters_NeedsLock();
        }
    }

    /// <inheritdoc/>
    public LockView View()
    {
        lock (_gate)
        {
            StateNow_NeedsLock();
            return _machine.View();
        }
    }

    private LeaseState StateNow_NeedsLock()
    {
        _machine.Expire();
        TellWaiters_NeedsLock();
        return _machine.State;
    }

    private void TellWaiters_NeedsLock()
    {
        if (_machine.ShownState is var shown && shown != _shown)
        {
            _shown = shown;
            Changed?.Invoke();
        }

        if (_verified is null || _machine.State == LeaseState.Unverified) return;
        _verified.TrySetResult();
        _verified = null;
    }
}
