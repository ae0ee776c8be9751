namespace Coordinator.Simulation.Trends;

/// <summary>How much a figure may grow between two quarters of a run: the larger of a share of its value and an amount.</summary>
/// <param name="Share">The share: 0.1 is 10 %.</param>
/// <param name="Amount">The amount, in the figure's unit.</param>
internal readonly record struct Tolerance(double Share, double Amount)
{
    /// <summary>The growth from a value that is allowed.</summary>
    public double Of(double value) => Math.Max(Share * value, Amount);
}
