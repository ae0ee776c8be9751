namespace Coordinator.Simulation.Reservations;

/// <summary>A silo's process: one thread, whose work waits while it is paused and never runs after a crash.</summary>
internal sealed class Process : SynchronizationContext
{
    private readonly World _world;
    private long _pausedUntil;

    public Process(World world, string name, double drift)
    {
        _world = world;
        Name = name;
        Clock = new ProcessClock(world, this, 1 + (((world.Random.NextDouble() * 2) - 1) * drift));
    }

    public string Name { get; }

    public ProcessClock Clock { get; }

    public bool IsDead { get; private set; }

    /// <summary>When it crashed, in true time.</summary>
    public long DiedAt { get; private set; }

    /// <summary>When the pause began, in true time; -1 before it.</summary>
    public long PausedAt { get; private set; } = -1;

    /// <summary>The length of the pause. A process is paused at most once.</summary>
    public TimeSpan PausedFor { get; private set; }

    public bool IsPaused => !IsDead && _world.Now < _pausedUntil;

    public void Pause(TimeSpan duration)
    {
        (PausedAt, PausedFor) = (_world.Now, duration);
        _pausedUntil = _world.Now + duration.Ticks;
    }

    public void Crash() => (IsDead, DiedAt) = (true, _world.Now);

    /// <summary>Runs an action in the process, as soon as the process runs.</summary>
    public void Run(Action act)
    {
        if (IsDead) return;
        if (IsPaused)
        {
            _world.At(_pausedUntil, () => Run(act));
            return;
        }

        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            act();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _world.At(_world.Now, () => Run(() => d(state)));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nobody waits for another thread here.");

    public override SynchronizationContext CreateCopy() => this;

    public override string ToString() => Name;
}
