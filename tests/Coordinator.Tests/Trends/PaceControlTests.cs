using Coordinator.Simulation.Trends;

namespace Coordinator.Tests.Trends;

public sealed class PaceControlTests
{
    private const double Target = 0.4;

    [Theory]
    [InlineData(0.0001)]
    [InlineData(0.002)]
    public void The_rate_settles_where_the_target_is_met(double sharePerCall)
    {
        const double Idle = 0.02;
        var control = new PaceControl(Target);
        for (var i = 0; i < 40; i++) control.Measured(Idle + (control.Rate * sharePerCall));
        Assert.InRange(Idle + (control.Rate * sharePerCall), Target * 0.99, Target * 1.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void One_odd_reading_changes_the_rate_by_half_at_most(double share)
    {
        var control = new PaceControl(Target);
        control.Measured(share);
        Assert.InRange(control.Rate, PaceControl.First / 1.51, PaceControl.First * 1.51);
    }
}
