namespace Coordinator.Simulation.Leases;

/// <summary>How messages travel in one history: with faults, and without them in the calm period.</summary>
internal sealed class Network(World world, LeaseScenario scenario)
{
    private readonly double _loss = scenario.OnlyQuickRestarts ? 0 : world.Random.NextDouble() * 0.02;
    private readonly double _slow = scenario.OnlyQuickRestarts ? 0 : world.Random.NextDouble() * 0.1;
    private readonly double _pause = scenario.OnlyQuickRestarts ? 0 : world.Random.NextDouble() * 0.005;

    public bool IsCalm { get; set; }

    public bool Loses() => !IsCalm && world.Chance(_loss);

    public bool Pauses() => !IsCalm && world.Chance(_pause);

    public TimeSpan Latency() => world.UpTo(!IsCalm && world.Chance(_slow) ? scenario.SlowSeconds : 0.002);
}
