using Coordinator.Contention;

namespace Coordinator.Core.Leases;

/// <summary>
/// The rules of a lease as a state machine: what each answer of the store makes of it, and what to ask next. Not thread-safe, but for what is
/// read without
/// its lease's lock: <see cref="IsHeld"/> and <see cref="Due"/>.
/// </summary>
internal sealed class LeaseMachine(string token, LeaseOptions options, TimeProvider clock, Random random)
{
    private static readonly TimeSpan SoonInterval = TimeSpan.FromMilliseconds(30);

    private long _validUntil = long.MinValue;
    private long _due = clock.GetTimestamp();
    private long? _unavailableSince;
    private bool _isUnanswered;

    /// <summary>True while the lease counts: a field read and a clock comparison.</summary>
    public bool IsHeld => clock.GetTimestamp() < Volatile.Read(ref _validUntil);

    /// <summary>When the next step is due, as a timestamp of the clock.</summary>
    public long Due => Volatile.Read(ref _due);

    /// <summary>The state after the last change; <see cref="Expire"/> first makes it the state of now.</summary>
    public LeaseState State { get; private set; }

    /// <summary>The state as operators see it: a held lease whose last renewal was not answered is unverified.</summary>
    public LeaseState ShownState => State == LeaseState.Held && _isUnanswered ? LeaseState.Unverified : State;

    /// <summary>What to ask the store next.</summary>
    public LeaseStepKind NextKind { get; private set; } = LeaseStepKind.Acquire;

    /// <summary>The token of the owner that holds the lock instead, as last read; else empty.</summary>
    public string Rival { get; private set; } = "";

    public void OnAcquireReply(long sentTimestamp, LockReply reply)
    {
        Expire();
        if (IsOver) return;
        switch (reply.Kind)
        {
            case LockReplyKind.Mine:
                // A key from an earlier try whose reply was lost has less than the full TTL left.
                var life = reply.Remaining > TimeSpan.Zero && reply.Remaining < options.Ttl ? reply.Remaining : options.Ttl;
                Hold(sentTimestamp, life);
                break;
            case LockReplyKind.HeldByOther:
                OnRival(reply);
                break;
            case LockReplyKind.Free:
                // The key expired between the two commands of the try.
                _unavailableSince = null;
                Contend(LeaseState.Waiting, Jitter(SoonInterval));
                break;
            case LockReplyKind.Quarantined:
                // A quarantine that does not end, because the server keeps losing its memory, counts as unavailability too.
                Contend(LeaseState.Quarantined, Shorter(reply.Remaining, options.QuarantineInterval));
                GoOnAfter(sentTimestamp, options.UnavailableAfter + options.Ttl + Lease.StoreRounding);
                break;
            default:
                OnNoAnswer(sentTimestamp, LeaseStepKind.Acquire);
                break;
        }
    }

    public void OnRenewReply(long sentTimestamp, LockReply reply)
    {
        // No check for expiry first: no other owner ever has this token, so even a late "mine" proves that no other owner came between.
        if (IsOver) return;
        if (reply.Kind == LockReplyKind.Mine)
        {
            Hold(sentTimestamp, options.Ttl);
            return;
        }

        Expire();
        if (IsOver) return;
        switch (reply.Kind)
        {
            case LockReplyKind.HeldByOther:
                OnRival(reply);
                break;
            case LockReplyKind.Free or LockReplyKind.Quarantined:
                // The store lost the key. The proven lease is valid until its end; until then its owner, and no other, may restore the key.
                Plan(IsContending ? LeaseStepKind.Acquire : LeaseStepKind.Reassert, TimeSpan.Zero);
                break;
            default:
                OnNoAnswer(sentTimestamp, LeaseStepKind.Renew);
                break;
        }
    }

    public void OnReassertReply(long sentTimestamp, LockReply reply)
    {
        // Check for expiry first, unlike after a renewal: the key was missing, so a late "mine" does not prove that no other owner came
        // between.
        Expire();
        if (IsOver) return;
        switch (reply.Kind)
        {
            case LockReplyKind.Mine:
                Hold(sentTimestamp, options.Ttl);
                break;
            case LockReplyKind.Quarantined when reply.Owner == token && State == LeaseState.Held:
                // The lease has been valid since the server lost the key, so no other lease has begun.
                Hold(sentTimestamp, options.Ttl);
                break;
            case LockReplyKind.HeldByOther:
                OnRival(reply);
                break;
            default:
                OnNoAnswer(sentTimestamp, LeaseStepKind.Reassert);
                break;
        }
    }

    /// <summary>Moves a planned renewal to now.</summary>
    public void RenewNow()
    {
        Expire();
        if (State == LeaseState.Held && NextKind == LeaseStepKind.Renew) Plan(LeaseStepKind.Renew, TimeSpan.Zero);
    }

    /// <summary>Gives the lease up.</summary>
    public void Release()
    {
        if (State != LeaseState.Lost) End(LeaseState.Released);
    }

    /// <summary>Ends a lease whose life is over.</summary>
    public void Expire()
    {
        if (State is LeaseState.Held or LeaseState.Unverified && !IsHeld) End(LeaseState.Lost);
    }

    /// <summary>The lease as operators see it.</summary>
    public LockView View()
    {
        var remaining = State == LeaseState.Held ? clock.GetElapsedTime(clock.GetTimestamp(), _validUntil) : TimeSpan.Zero;
        return State switch
        {
            LeaseState.Held when _isUnanswered => new LockView(LeaseState.Unverified, token, remaining.TotalMilliseconds),
            LeaseState.Held => new LockView(LeaseState.Held, token, remaining.TotalMilliseconds),
            LeaseState.Unverified => new LockView(LeaseState.Unverified, token, 0),
            LeaseState.Waiting => new LockView(LeaseState.Waiting, Rival, 0),
            LeaseState.Quarantined => new LockView(LeaseState.Quarantined, "", 0),
            LeaseState.Lost => new LockView(LeaseState.Lost, Rival, 0),
            LeaseState.Released => new LockView(LeaseState.Released, "", 0),
            _ => new LockView(LeaseState.None, "", 0),
        };
    }

    private bool IsOver => State is LeaseState.Lost or LeaseState.Released;

    private bool IsContending => State is LeaseState.None or LeaseState.Waiting or LeaseState.Quarantined;

    private void Hold(long sent, TimeSpan life)
    {
        Rival = "";
        _unavailableSince = null;
        _isUnanswered = false;
        // An assumption made while unverified proves nothing.
        var until = After(sent, life - Lease.StoreRounding - options.Margin);
        if (State == LeaseState.Held) until = Math.Max(_validUntil, until);
        if (until <= clock.GetTimestamp())
        {
            // The key is this owner's, but its remaining TTL is too short to work.
            if (State is LeaseState.None or LeaseState.Quarantined) State = LeaseState.Waiting;
            Plan(LeaseStepKind.Renew, TimeSpan.Zero);
            return;
        }

        State = LeaseState.Held;
        Volatile.Write(ref _validUntil, until);
        NextKind = LeaseStepKind.Renew;
        // A key with only part of its TTL left is renewed immediately.
        Volatile.Write(ref _due, life < options.Ttl ? sent : After(sent, options.Ttl / 3));
    }

    private void OnRival(LockReply reply)
    {
        _unavailableSince = null;
        if (IsContending) Contend(LeaseState.Waiting, Jitter(Shorter(reply.Remaining, options.AcquireInterval)));
        else End(LeaseState.Lost);
        Rival = reply.Owner;
    }

    private void OnNoAnswer(long sent, LeaseStepKind retry)
    {
        if (IsContending)
        {
            Contend(LeaseState.Waiting, Jitter(options.AcquireInterval));
            GoOnAfter(sent, options.UnavailableAfter);
            return;
        }

        _isUnanswered = true;
        Plan(retry, Jitter(options.RetryInterval));
        // For a held lease another try would be too late.
        var isLastTry = State == LeaseState.Unverified || After(_due, options.RetryInterval) >= _validUntil;
        if (isLastTry && options.WhenUnavailable == WhenUnavailable.Proceed) GoOn(sent);
    }

    private void Contend(LeaseState state, TimeSpan pause)
    {
        State = state;
        Rival = "";
        Plan(LeaseStepKind.Acquire, pause);
    }

    /// <summary>A new owner proceeds without the store once the store was unreachable for so long that all earlier leases have
    /// expired.</summary>
    private void GoOnAfter(long sent, TimeSpan limit)
    {
        var since = _unavailableSince ??= sent;
        if (options.WhenUnavailable == WhenUnavailable.Proceed && clock.GetElapsedTime(since) >= limit) GoOn(sent);
    }

    /// <summary>Proceeds without the store for the length of a lease. Each failed try extends this.</summary>
    private void GoOn(long sent)
    {
        State = LeaseState.Unverified;
        Volatile.Write(ref _validUntil, Math.Max(_validUntil, After(sent, options.Ttl - Lease.StoreRounding - options.Margin)));
        Plan(LeaseStepKind.Reassert, Jitter(options.RetryInterval));
    }

    private void End(LeaseState state)
    {
        State = state;
        Volatile.Write(ref _validUntil, long.MinValue);
        Plan(LeaseStepKind.Nothing, TimeSpan.Zero);
    }

    private void Plan(LeaseStepKind kind, TimeSpan delay)
    {
        NextKind = kind;
        Volatile.Write(ref _due, After(clock.GetTimestamp(), delay));
    }

    private static TimeSpan Shorter(TimeSpan remaining, TimeSpan interval) =>
        remaining > TimeSpan.Zero && remaining < interval ? remaining : interval;

    private TimeSpan Jitter(TimeSpan interval) => interval * (0.5 + random.NextDouble());

    private long After(long timestamp, TimeSpan delay) =>
        timestamp + (long)(delay.Ticks * ((double)clock.TimestampFrequency / TimeSpan.TicksPerSecond));
}
