namespace Coordinator.Simulation.Leases;

/// <summary>The way between one owner and one server. While it is down what was sent waits, as TCP would send it again.</summary>
internal sealed class Link(World world)
{
    private long _downUntil;

    public bool IsDown => world.Now < _downUntil;

    /// <summary>When a message that leaves now gets onto the way.</summary>
    public long UpAt => Math.Max(world.Now, _downUntil);

    public void Cut(TimeSpan duration) => _downUntil = Math.Max(_downUntil, world.Now + duration.Ticks);
}
