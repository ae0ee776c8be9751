using Coordinator.Contention;

namespace Coordinator.Core.Leases;

/// <summary>One owner's lease as a state machine: it receives the store's replies and returns the next step. It does no I/O, has one clock, and
/// assumes no more than the replies contain.</summary>
/// <remarks>A TTL counts from before the request was sent, on the monotonic clock, minus two seconds: memcached counts whole seconds of its own
/// clock, so a TTL of T lasts from T−1 to T.</remarks>
public sealed class Lease(string token, LeaseOptions options, TimeProvider clock, Random random) : ILease
{
    /// <summary>How much memcached's whole seconds may shorten a TTL, rounded up.</summary>
    public static readonly TimeSpan StoreRounding = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SoonInterval = TimeSpan.FromMilliseconds(30);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _validUntil = long.MinValue;
    private LeaseState _state;
    private LeaseStepKind _next = LeaseStepKind.Acquire;
    private long _due = clock.GetTimestamp();
    private string _rival = "";
    private long? _unavailableSince;
    private TaskCompletionSource? _word;
    private bool _isUnanswered;

    /// <inheritdoc/>
    public string Token => token;

    /// <inheritdoc/>
    public bool IsHeld => clock.GetTimestamp() < Volatile.Read(ref _validUntil);

    /// <inheritdoc/>
    public Task Lost => _lost.Task;

    /// <inheritdoc/>
    public async ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken)
    {
        Task word;
        lock (_gate)
        {
            Expire_NeedsLock();
            if (_state != LeaseState.Unverified) return IsHeld;
            _word ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            word = _word.Task;
        }

        try
        {
            await word.WaitAsync(options.Ttl, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // In that case, as far as can be known here, no owner reaches the store.
        }

        return IsHeld;
    }

    /// <summary>True when a step may be due or the lease over: a check without a lock, for a caller that checks many leases
    /// frequently.</summary>
    public bool NeedsCare => clock.GetTimestamp() >= Volatile.Read(ref _due);

    /// <summary>The present state of the lease.</summary>
    public LeaseState State
    {
        get
        {
            lock (_gate)
            {
                Expire_NeedsLock();
                return _state;
            }
        }
    }

    /// <summary>The token of the owner that holds the lock instead, as last read; else empty.</summary>
    public string Rival
    {
        get
        {
            lock (_gate) return _rival;
        }
    }

    /// <summary>The next request to the store, and its time.</summary>
    public LeaseStep Next()
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            var delay = clock.GetElapsedTime(clock.GetTimestamp(), _due);
            return new LeaseStep(_next, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        }
    }

    /// <summary>Processes the store's reply to an acquire.</summary>
    /// <param name="sentTimestamp">The clock's timestamp before the request was sent.</param>
    /// <param name="reply">The reply.</param>
    public void OnAcquireReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            if (IsOver_NeedsLock) return;
            switch (reply.Kind)
            {
                case LockReplyKind.Mine:
                    // A key from an earlier try whose reply was lost has less than the full TTL left.
                    var life = reply.Remaining > TimeSpan.Zero && reply.Remaining < options.Ttl ? reply.Remaining : options.Ttl;
                    Hold_NeedsLock(sentTimestamp, life);
                    break;
                case LockReplyKind.HeldByOther:
                    OnRival_NeedsLock(reply);
                    break;
                case LockReplyKind.Free:
                    // The key expired between the two commands of the try.
                    _unavailableSince = null;
                    Contend_NeedsLock(LeaseState.Waiting, Jitter(SoonInterval));
                    break;
                case LockReplyKind.Quarantined:
                    // A quarantine that does not end, because the server keeps losing its memory, counts as unavailability too.
                    Contend_NeedsLock(LeaseState.Quarantined, Shorter(reply.Remaining, options.QuarantineInterval));
                    GoOnAfter_NeedsLock(sentTimestamp, options.UnavailableAfter + options.Ttl + StoreRounding);
                    break;
                default:
                    OnTrouble_NeedsLock(sentTimestamp, LeaseStepKind.Acquire);
                    break;
            }
        }
    }

    /// <summary>Processes the store's reply to a renewal.</summary>
    /// <param name="sentTimestamp">The clock's timestamp before the request was sent.</param>
    /// <param name="reply">The reply.</param>
    public void OnRenewReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            // No check for expiry first: no other owner ever has this token, so even a late "mine" proves that no other owner came between.
            if (IsOver_NeedsLock) return;
            if (reply.Kind == LockReplyKind.Mine)
            {
                Hold_NeedsLock(sentTimestamp, options.Ttl);
                return;
            }

            Expire_NeedsLock();
            if (IsOver_NeedsLock) return;
            switch (reply.Kind)
            {
                case LockReplyKind.HeldByOther:
                    OnRival_NeedsLock(reply);
                    break;
                case LockReplyKind.Free or LockReplyKind.Quarantined:
                    // The store lost the key. The proven lease is valid until its end; until then its owner, and no other, may restore the key.
                    Plan_NeedsLock(IsContending_NeedsLock ? LeaseStepKind.Acquire : LeaseStepKind.Reassert, TimeSpan.Zero);
                    break;
                default:
                    OnTrouble_NeedsLock(sentTimestamp, LeaseStepKind.Renew);
                    break;
            }
        }
    }

    /// <summary>Processes the store's reply to a current owner that restores its key.</summary>
    /// <param name="sentTimestamp">The clock's timestamp before the request was sent.</param>
    /// <param name="reply">The reply.</param>
    public void OnReassertReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            // Check for expiry first, unlike after a renewal: the key was missing, so a late "mine" does not prove that no other owner came
            // between.
            Expire_NeedsLock();
            if (IsOver_NeedsLock) return;
            switch (reply.Kind)
            {
                case LockReplyKind.Mine:
                    Hold_NeedsLock(sentTimestamp, options.Ttl);
                    break;
                case LockReplyKind.Quarantined when reply.Owner == token && _state == LeaseState.Held:
                    // The lease has been valid since the server lost the key, so no other lease has begun.
                    Hold_NeedsLock(sentTimestamp, options.Ttl);
                    break;
                case LockReplyKind.HeldByOther:
                    OnRival_NeedsLock(reply);
                    break;
                default:
                    OnTrouble_NeedsLock(sentTimestamp, LeaseStepKind.Reassert);
                    break;
            }
        }
    }

    /// <summary>Moves a planned renewal to now.</summary>
    public void Hasten()
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            if (_state == LeaseState.Held && _next == LeaseStepKind.Renew) Plan_NeedsLock(LeaseStepKind.Renew, TimeSpan.Zero);
        }
    }

    /// <summary>Gives up the lease. Later replies of the store have no effect.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (_state != LeaseState.Lost) End_NeedsLock(LeaseState.Released);
        }
    }

    /// <inheritdoc/>
    public LockView View()
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            var remaining = _state == LeaseState.Held ? clock.GetElapsedTime(clock.GetTimestamp(), _validUntil) : TimeSpan.Zero;
            return _state switch
            {
                LeaseState.Held when _isUnanswered => new LockView("unverified", token, remaining.TotalMilliseconds),
                LeaseState.Held => new LockView("held", token, remaining.TotalMilliseconds),
                LeaseState.Unverified => new LockView("unverified", token, 0),
                LeaseState.Waiting => new LockView("waiting", _rival, 0),
                LeaseState.Quarantined => new LockView("quarantined", "", 0),
                LeaseState.Lost => new LockView("lost", _rival, 0),
                LeaseState.Released => new LockView("released", "", 0),
                _ => new LockView("none", "", 0),
            };
        }
    }

    private bool IsOver_NeedsLock => _state is LeaseState.Lost or LeaseState.Released;

    private bool IsContending_NeedsLock => _state is LeaseState.None or LeaseState.Waiting or LeaseState.Quarantined;

    private void Hold_NeedsLock(long sent, TimeSpan life)
    {
        _rival = "";
        _unavailableSince = null;
        _isUnanswered = false;
        // An assumption made while unverified proves nothing.
        var until = After(sent, life - StoreRounding - options.Margin);
        if (_state == LeaseState.Held) until = Math.Max(_validUntil, until);
        if (until <= clock.GetTimestamp())
        {
            // The key is this owner's, but its remaining TTL is too short to work.
            if (_state is LeaseState.None or LeaseState.Quarantined) _state = LeaseState.Waiting;
            Plan_NeedsLock(LeaseStepKind.Renew, TimeSpan.Zero);
            return;
        }

        _state = LeaseState.Held;
        Volatile.Write(ref _validUntil, until);
        TellWord_NeedsLock();
        _next = LeaseStepKind.Renew;
        // A key with only part of its TTL left is renewed immediately.
        Volatile.Write(ref _due, life < options.Ttl ? sent : After(sent, options.Ttl / 3));
    }

    private void OnRival_NeedsLock(LockReply reply)
    {
        _unavailableSince = null;
        if (IsContending_NeedsLock) Contend_NeedsLock(LeaseState.Waiting, Jitter(Shorter(reply.Remaining, options.AcquireInterval)));
        else End_NeedsLock(LeaseState.Lost);
        _rival = reply.Owner;
    }

    private void OnTrouble_NeedsLock(long sent, LeaseStepKind retry)
    {
        if (IsContending_NeedsLock)
        {
            Contend_NeedsLock(LeaseState.Waiting, Jitter(options.AcquireInterval));
            GoOnAfter_NeedsLock(sent, options.UnavailableAfter);
            return;
        }

        _isUnanswered = true;
        Plan_NeedsLock(retry, Jitter(options.RetryInterval));
        // For a held lease another try would be too late.
        var isLastTry = _state == LeaseState.Unverified || After(_due, options.RetryInterval) >= _validUntil;
        if (isLastTry && options.WhenUnavailable == WhenUnavailable.Proceed) GoOn_NeedsLock(sent);
    }

    private void Contend_NeedsLock(LeaseState state, TimeSpan pause)
    {
        _state = state;
        _rival = "";
        Plan_NeedsLock(LeaseStepKind.Acquire, pause);
    }

    /// <summary>A new owner proceeds without the store once the store was unreachable for so long that all earlier leases have
    /// expired.</summary>
    private void GoOnAfter_NeedsLock(long sent, TimeSpan patience)
    {
        var since = _unavailableSince ??= sent;
        if (options.WhenUnavailable == WhenUnavailable.Proceed && clock.GetElapsedTime(since) >= patience) GoOn_NeedsLock(sent);
    }

    /// <summary>Proceeds without the store for the length of a lease. Each failed try extends this.</summary>
    private void GoOn_NeedsLock(long sent)
    {
        _state = LeaseState.Unverified;
        Volatile.Write(ref _validUntil, Math.Max(_validUntil, After(sent, options.Ttl - StoreRounding - options.Margin)));
        Plan_NeedsLock(LeaseStepKind.Reassert, Jitter(options.RetryInterval));
    }

    private void Expire_NeedsLock()
    {
        if (_state is LeaseState.Held or LeaseState.Unverified && !IsHeld) End_NeedsLock(LeaseState.Lost);
    }

    private void End_NeedsLock(LeaseState state)
    {
        _state = state;
        Volatile.Write(ref _validUntil, long.MinValue);
        Plan_NeedsLock(LeaseStepKind.Nothing, TimeSpan.Zero);
        TellWord_NeedsLock();
        if (state == LeaseState.Lost) _lost.TrySetResult();
    }

    private void TellWord_NeedsLock()
    {
        _word?.TrySetResult();
        _word = null;
    }

    private void Plan_NeedsLock(LeaseStepKind kind, TimeSpan delay)
    {
        _next = kind;
        Volatile.Write(ref _due, After(clock.GetTimestamp(), delay));
    }

    private static TimeSpan Shorter(TimeSpan remaining, TimeSpan interval) => remaining > TimeSpan.Zero && remaining < interval ? remaining : interval;

    private TimeSpan Jitter(TimeSpan interval) => interval * (0.5 + random.NextDouble());

    private long After(long timestamp, TimeSpan delay) =>
        timestamp + (long)(delay.Ticks * ((double)clock.TimestampFrequency / TimeSpan.TicksPerSecond));
}
