using Coordinator.Contention;
using Coordinator.Core.Leases;
using Coordinator.Locking;

namespace Coordinator.Simulation.Leases;

/// <summary>A silo with one activation after another that wants a key: the real lease over the real store. It may pause at any await, crash, or
/// give up.</summary>
internal sealed class SimulatedOwner(
    World world, Network network, LeaseScenario scenario, SimulatedServer[] servers, LeaseOptions options, int number, string key)
{
    public const string CanaryKey = "canary";

    private const double MaxPauseSeconds = 25;

    private readonly DriftingClock _clock = new(world, 1 + (((world.Random.NextDouble() * 2) - 1) * scenario.Drift));
    private long _pausedUntil;
    private int _activations;
    private LeaseState _seen;

    public string Key => key;

    /// <summary>The number of processes so far.</summary>
    public int Life { get; private set; }

    public SimulatedMemcached Memcached { get; private set; } = null!;

    public Lease? Lease { get; private set; }

    /// <summary>How often the lock was acquired.</summary>
    public int Turns { get; private set; }

    /// <summary>How often the key was restored.</summary>
    public int Reasserted { get; private set; }

    /// <summary>An error in the simulation itself, or in the simulated code.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether the lease counts. It does not read the state of an expired lease, because that would end it.</summary>
    public bool Holds => Lease is { IsHeld: true } lease && (scenario.CountsUnverified || lease.State == LeaseState.Held);

    /// <summary>Starts a new process with its own connections.</summary>
    public void Start()
    {
        _pausedUntil = 0;
        Memcached = NewClient();
        ILockStore store = new MemcachedLockStore(Memcached, new Canary(CanaryKey), _clock);
        store = scenario.Broken?.Store?.Invoke(store, Memcached) ?? store;
        _ = LiveAsync(store);
    }

    /// <summary>Ends the process and its lease. Its key stays.</summary>
    public void Crash()
    {
        world.Note($"{this} crashes");
        var life = ++Life;
        Lease = null;
        Memcached = NewClient();
        world.After(world.UpTo(10), () =>
        {
            if (life == Life) Start();
        });
    }

    public void Pause()
    {
        _pausedUntil = Math.Max(_pausedUntil, world.Now + world.UpTo(MaxPauseSeconds).Ticks);
        if (world.IsRecording) world.Note($"{this} pauses for {TimeSpan.FromTicks(_pausedUntil - world.Now).TotalSeconds:0.00} s");
    }

    /// <summary>Runs an action in the owner: later if it is paused, never if the process that waited for it is gone.</summary>
    public void Deliver(Action act, int life)
    {
        if (life != Life) return;
        if (world.Now >= _pausedUntil && network.Pauses()) Pause();
        if (world.Now < _pausedUntil) world.At(_pausedUntil, () => Deliver(act, life));
        else act();
    }

    public override string ToString() => $"owner {number}.{_activations}";

    private SimulatedMemcached NewClient() => new(world, network, this, servers, scenario.Broken?.FailsOver == true);

    private Task SleepAsync(TimeSpan delay)
    {
        var awake = new TaskCompletionSource();
        var life = Life;
        world.After(_clock.ToTrue(delay), () => Deliver(awake.SetResult, life));
        return awake.Task;
    }

    private async Task LiveAsync(ILockStore store)
    {
        try
        {
            while (true)
            {
                await SleepAsync(world.UpTo(2));
                await ActivateAsync(store);
            }
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    private async Task ActivateAsync(ILockStore store)
    {
        var token = $"o{number}a{++_activations}";
        var lease = Lease = new Lease(new(token), options, _clock, world.Random);
        var isTurnEnding = world.UpTo(60);
        var began = world.Now;
        while (lease.Next() is { Kind: not LeaseStepKind.Nothing } step)
        {
            if (!network.IsCalm && world.Now - began > isTurnEnding.Ticks) break;
            if (step.Delay > TimeSpan.Zero) await SleepAsync(step.Delay);
            else await AskAsync(store, lease, step.Kind);
            Look(lease);
        }

        if (world.IsRecording) world.Note($"{this} ends");
        lease.Release();
        await store.ReleaseAsync(key, token, CancellationToken.None);
    }

    private async Task AskAsync(ILockStore store, Lease lease, LeaseStepKind kind)
    {
        var sent = _clock.GetTimestamp();
        if (world.IsRecording) world.Note($"{this} asks to {kind} {key}");
        var reply = kind switch
        {
            LeaseStepKind.Renew => await store.RenewAsync(key, lease.Token.ToString(), options.Ttl, CancellationToken.None),
            LeaseStepKind.Reassert => await store.ReassertAsync(key, lease.Token.ToString(), options.Ttl, CancellationToken.None),
            _ => await store.AcquireAsync(key, lease.Token.ToString(), options.Ttl, CancellationToken.None),
        };
        if (world.IsRecording) world.Note($"{this} gets {reply.Kind} {reply.Owner} {reply.Remaining.TotalSeconds:0} s {reply.Detail}");
        if (scenario.Broken?.CountsFromReceipt == true) sent = _clock.GetTimestamp();
        if (kind == LeaseStepKind.Renew) lease.OnRenewReply(sent, reply);
        else if (kind == LeaseStepKind.Reassert) lease.OnReassertReply(sent, reply);
        else lease.OnAcquireReply(sent, reply);
        if (kind == LeaseStepKind.Reassert && reply.Owner == lease.Token.ToString()) Reasserted++;
    }

    private void Look(Lease lease)
    {
        if (!lease.IsHeld || lease.State == _seen) return;
        _seen = lease.State;
        if (_seen == LeaseState.Held) Turns++;
        if (world.IsRecording) world.Note($"{this} is {_seen}");
    }
}
