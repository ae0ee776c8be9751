namespace Coordinator.Simulation.Trends;

/// <summary>The rate of calls that keeps the processor time of some processes near a target. Pure: no I/O, no clock.</summary>
/// <param name="target">The share of the machine's processor time that is wanted: 0.4 is 40 %.</param>
internal sealed class PaceControl(double target)
{
    /// <summary>The rate before anything was measured, in calls a second.</summary>
    public const double First = 50;

    private const double Slowest = 5;
    private const double Fastest = 20_000;

    // A moment without load, or a pause of the machine, must not throw the rate far off.
    private const double MostAtOnce = 1.5;

    // The effect of a change shows only in the next reading, so half of the way is gone at once.
    private const double Damping = 0.5;

    /// <summary>Calls a second.</summary>
    public double Rate { get; private set; } = First;

    /// <summary>Takes the share that was measured since the last time.</summary>
    public void Measured(double share)
    {
        var factor = Math.Pow(target / Math.Max(share, double.Epsilon), Damping);
        Rate = Math.Clamp(Rate * Math.Clamp(factor, 1 / MostAtOnce, MostAtOnce), Slowest, Fastest);
    }
}
