namespace Coordinator.Simulation.Leases;

/// <summary>The connection between one owner and one server. While it is down messages wait, as TCP would send them again.</summary>
internal sealed class Link(World world)
{
    private long _downUntil;

    public bool IsDown => world.Now < _downUntil;

    /// <summary>When a message that is sent now leaves.</summary>
    public long UpAt => Math.Max(world.Now, _downUntil);

    public void Cut(TimeSpan duration) => _downUntil = Math.Max(_downUntil, world.Now + duration.Ticks);
}
