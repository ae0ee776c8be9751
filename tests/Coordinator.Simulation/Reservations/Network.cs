namespace Coordinator.Simulation.Reservations;

/// <summary>How messages between silos travel in one history: with faults, and without them in the calm period.</summary>
internal sealed class Network(World world, ReservationScenario scenario)
{
    private readonly double _loss = scenario.IsCalm ? 0 : world.Random.NextDouble() * 0.03;
    private readonly double _slow = scenario.IsCalm ? 0 : world.Random.NextDouble() * 0.1;

    public bool IsCalm { get; set; } = scenario.IsCalm;

    public bool Loses() => !IsCalm && world.Chance(_loss);

    public TimeSpan Latency() => world.UpTo(!IsCalm && world.Chance(_slow) ? 20 : 0.005);

    public TimeSpan ShortLatency() => world.UpTo(0.002);
}
