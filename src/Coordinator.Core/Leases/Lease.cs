using Coordinator.Contention;

namespace Coordinator.Core.Leases;

/// <summary>
/// One owner's lease as a state machine: it is told what the store answered and says what to ask next. It does no I/O, has one clock,
/// and never believes more than was answered.
/// </summary>
/// <remarks>
/// A life counts from before the request left, on the monotonic clock, less two seconds: memcached counts whole seconds of a
/// clock of its own, so that a life of T lasts from T−1 to T.
/// </remarks>
public sealed class Lease(string token, LeaseOptions options, TimeProvider clock, Random random) : ILease
{
    /// <summary>What memcached's whole seconds may take off a life, rounded up.</summary>
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
            // Then the store is away from everybody, as far as can be told from here.
        }

        return IsHeld;
    }

    /// <summary>True when a step may be due or the lease over: a look without a lock, for one who looks at many leases often.</summary>
    public bool NeedsCare => clock.GetTimestamp() >= Volatile.Read(ref _due);

    /// <summary>How the lease stands now.</summary>
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

    /// <summary>The token of the one who holds the lock instead, as last read; else empty.</summary>
    public string Rival
    {
        get
        {
            lock (_gate) return _rival;
        }
    }

    /// <summary>What to ask the store next, and when.</summary>
    public LeaseStep Next()
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            var delay = clock.GetElapsedTime(clock.GetTimestamp(), _due);
            return new LeaseStep(_next, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        }
    }

    /// <summary>The store's answer to an acquire.</summary>
    /// <param name="sentTimestamp">The clock's timestamp from before the request left.</param>
    /// <param name="reply">The answer.</param>
    public void OnAcquireReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            if (IsOver_NeedsLock) return;
            switch (reply.Kind)
            {
                case LockReplyKind.Mine:
                    // A key that was there already, from a try whose answer was lost, has less life than a new one.
                    var life = reply.Remaining > TimeSpan.Zero && reply.Remaining < options.Ttl ? reply.Remaining : options.Ttl;
                    Hold_NeedsLock(sentTimestamp, life);
                    break;
                case LockReplyKind.HeldByOther:
                    OnRival_NeedsLock(reply);
                    break;
                case LockReplyKind.Free:
                    // It ended between the two commands of the try.
                    _unavailableSince = null;
                    Contend_NeedsLock(LeaseState.Waiting, Jitter(SoonInterval));
                    break;
                case LockReplyKind.Quarantined:
                    // One that does not end, because the server keeps forgetting, is unavailability too.
                    Contend_NeedsLock(LeaseState.Quarantined, Shorter(reply.Remaining, options.QuarantineInterval));
                    GoOnAfter_NeedsLock(sentTimestamp, options.UnavailableAfter + options.Ttl + StoreRounding);
                    break;
                default:
                    OnTrouble_NeedsLock(sentTimestamp, LeaseStepKind.Acquire);
                    break;
            }
        }
    }

    /// <summary>The store's answer to a renewal.</summary>
    /// <param name="sentTimestamp">The clock's timestamp from before the request left.</param>
    /// <param name="reply">The answer.</param>
    public void OnRenewReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            // Not expired first: the token was never anyone else's, so a late "mine" says that nobody came between.
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
                    // The store forgot it. What was proven stands until it ends; until then its owner, and nobody else, may put the key back.
                    Plan_NeedsLock(IsContending_NeedsLock ? LeaseStepKind.Acquire : LeaseStepKind.Reassert, TimeSpan.Zero);
                    break;
                default:
                    OnTrouble_NeedsLock(sentTimestamp, LeaseStepKind.Renew);
                    break;
            }
        }
    }

    /// <summary>The store's answer to a current owner who puts its key back.</summary>
    /// <param name="sentTimestamp">The clock's timestamp from before the request left.</param>
    /// <param name="reply">The answer.</param>
    public void OnReassertReply(long sentTimestamp, LockReply reply)
    {
        lock (_gate)
        {
            // Expired first, unlike after a renewal: the key was gone, so a late "mine" does not say that nobody came between.
            Expire_NeedsLock();
            if (IsOver_NeedsLock) return;
            switch (reply.Kind)
            {
                case LockReplyKind.Mine:
                    Hold_NeedsLock(sentTimestamp, options.Ttl);
                    break;
                case LockReplyKind.Quarantined when reply.Owner == token && _state == LeaseState.Held:
                    // The lease has not ended since the server forgot it, so nobody else's has begun.
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

    /// <summary>Brings a renewal that is planned forward to now.</summary>
    public void Hasten()
    {
        lock (_gate)
        {
            Expire_NeedsLock();
            if (_state == LeaseState.Held && _next == LeaseStepKind.Renew) Plan_NeedsLock(LeaseStepKind.Renew, TimeSpan.Zero);
        }
    }

    /// <summary>Gives the lease up. What the store answers from here on changes nothing.</summary>
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
        // What was only assumed while unverified proves nothing.
        var until = After(sent, life - StoreRounding - options.Margin);
        if (_state == LeaseState.Held) until = Math.Max(_validUntil, until);
        if (until <= clock.GetTimestamp())
        {
            // Mine, but with too little life left to work on it.
            if (_state is LeaseState.None or LeaseState.Quarantined) _state = LeaseState.Waiting;
            Plan_NeedsLock(LeaseStepKind.Renew, TimeSpan.Zero);
            return;
        }

        _state = LeaseState.Held;
        Volatile.Write(ref _validUntil, until);
        TellWord_NeedsLock();
        _next = LeaseStepKind.Renew;
        // A key found with part of its life gone is renewed at once.
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
        // One more try would come too late for a lease that is held.
        var isLastTry = _state == LeaseState.Unverified || After(_due, options.RetryInterval) >= _validUntil;
        if (isLastTry && options.WhenUnavailable == WhenUnavailable.Proceed) GoOn_NeedsLock(sent);
    }

    private void Contend_NeedsLock(LeaseState state, TimeSpan pause)
    {
        _state = state;
        _rival = "";
        Plan_NeedsLock(LeaseStepKind.Acquire, pause);
    }

    /// <summary>A new owner goes on without the store once it could not be told about the lock for so long that earlier leases have ended.</summary>
    private void GoOnAfter_NeedsLock(long sent, TimeSpan patience)
    {
        var since = _unavailableSince ??= sent;
        if (options.WhenUnavailable == WhenUnavailable.Proceed && clock.GetElapsedTime(since) >= patience) GoOn_NeedsLock(sent);
    }

    /// <summary>Works without the store for as long as a lease would last; each try that fails says so again.</summary>
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
