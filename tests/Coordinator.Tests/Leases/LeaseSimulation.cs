using Coordinator.Core.Leases;
using Microsoft.Extensions.Time.Testing;

namespace Coordinator.Tests.Leases;

/// <summary>
/// Two owners, one store that keeps its memory, and a network that delays and loses in both directions. A life of T lasts from T−1 to T, as in
/// memcached; owners pause, release and come back under new tokens.
/// </summary>
internal sealed class LeaseSimulation
{
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new();
    private readonly Random _random;
    private readonly LeaseOptions _options;
    private readonly PriorityQueue<Action, (long At, int Order)> _events = new();
    private readonly Lease[] _owners = new Lease[2];
    private readonly long _start;
    private readonly double _loss;
    private readonly double _slow;
    private (string Token, long Until) _stored = ("", long.MinValue);
    private int _order;
    private int _tokens;

    public LeaseSimulation(int seed, WhenUnavailable whenUnavailable)
    {
        _random = new Random(seed);
        _options = new LeaseOptions { Ttl = TimeSpan.FromSeconds(10 + _random.Next(6)), WhenUnavailable = whenUnavailable };
        _loss = _random.NextDouble() * 0.4;
        _slow = _random.NextDouble() * 0.3;
        _start = _clock.GetTimestamp();
    }

    /// <summary>How often an owner came to hold the lock.</summary>
    public int Turns { get; private set; }

    /// <summary>Runs one history; false if both owners held the lock at one time.</summary>
    public bool Run()
    {
        for (var i = 0; i < _owners.Length; i++) Begin(i);
        while (_events.TryDequeue(out var happen, out var key))
        {
            var now = _clock.GetTimestamp();
            if (key.At - _start > End.Ticks) return true;
            if (key.At > now) _clock.Advance(TimeSpan.FromTicks(key.At - now));
            var before = _owners.Count(Holds);
            happen();
            var after = _owners.Count(Holds);
            if (after > 1) return false;
            if (after > before) Turns++;
        }

        return true;
    }

    private static bool Holds(Lease owner) => owner.IsHeld && owner.State == LeaseState.Held;

    private void Begin(int i)
    {
        _owners[i] = new Lease($"owner{_tokens++}", _options, _clock, _random);
        After(Between(TimeSpan.FromSeconds(1)), () => Step(i));
    }

    private void Step(int i)
    {
        var owner = _owners[i];
        if (_random.NextDouble() < 0.03)
        {
            After(Between(MaxPause), () => Step(i));
            return;
        }

        var step = owner.Next();
        if (step.Kind == LeaseStepKind.Nothing || (owner.State == LeaseState.Held && _random.NextDouble() < 0.1))
        {
            owner.Release();
            After(Latency(), () => Drop(owner.Token));
            Begin(i);
        }
        else if (step.Delay > TimeSpan.Zero)
        {
            After(step.Delay, () => Step(i));
        }
        else
        {
            Ask(i, owner, step.Kind);
        }
    }

    private void Ask(int i, Lease owner, LeaseStepKind kind)
    {
        var sent = _clock.GetTimestamp();
        var isAnswered = false;
        if (_random.NextDouble() >= _loss)
        {
            After(Latency(), () =>
            {
                var reply = Serve(owner.Token, kind);
                if (_random.NextDouble() >= _loss) After(Latency(), () => Answer(reply));
            });
        }

        After(ReplyTimeout, () => Answer(new LockReply(LockReplyKind.Unknown)));

        void Answer(LockReply reply)
        {
            if (isAnswered) return;
            isAnswered = true;
            if (kind == LeaseStepKind.Renew) owner.OnRenewReply(sent, reply);
            else if (kind == LeaseStepKind.Reassert) owner.OnReassertReply(sent, reply);
            else owner.OnAcquireReply(sent, reply);
            Step(i);
        }
    }

    private LockReply Serve(string token, LeaseStepKind kind)
    {
        var now = _clock.GetTimestamp();
        if (_stored.Until <= now) _stored = ("", long.MinValue);
        if (_stored.Token == "" && kind != LeaseStepKind.Renew) Store(token);
        else if (_stored.Token != "" && kind != LeaseStepKind.Acquire) Store(_stored.Token);
        if (_stored.Token == "") return new LockReply(LockReplyKind.Free);
        var remaining = TimeSpan.FromSeconds(Math.Ceiling(TimeSpan.FromTicks(_stored.Until - now).TotalSeconds));
        return new LockReply(_stored.Token == token ? LockReplyKind.Mine : LockReplyKind.HeldByOther, _stored.Token, remaining);
    }

    private void Store(string token) =>
        _stored = (token, _clock.GetTimestamp() + (_options.Ttl - Between(TimeSpan.FromSeconds(1))).Ticks);

    private void Drop(string token)
    {
        if (_stored.Token == token) _stored = ("", long.MinValue);
    }

    private TimeSpan Latency() => Between(_random.NextDouble() < _slow ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(5));

    private TimeSpan Between(TimeSpan limit) => limit * _random.NextDouble();

    private void After(TimeSpan delay, Action happen) => _events.Enqueue(happen, (_clock.GetTimestamp() + delay.Ticks, _order++));
}
