using Coordinator.Doctor;
using Coordinator.Doctor.Checking;
using Microsoft.Extensions.Configuration;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary>The doctor with another clock than that of its servers.</summary>
public sealed class ClockTests(DoctorFixture servers) : IClassFixture<DoctorFixture>
{
    [Theory]
    [InlineData(3600, "ahead")]
    [InlineData(-3600, "behind")]
    public async Task A_clock_that_differs_from_the_servers_is_a_warning_at_each_of_them(int seconds, string side)
    {
        await using var stage = await Stage.StartAsync(servers);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(stage.Settings).Build();
        var report = await new DoctorRun(configuration, new DoctorOptions(), new Shifted(TimeSpan.FromSeconds(seconds)))
            .RunAsync(new Silent(), default);
        Assert.Equal((0, 0, true), (report.Failed, report.Skipped, report.Ok));
        var warnings = report.Checks.Where(static check => check.Status == CheckStatus.Warning).ToList();
        Assert.Equal(["warehouse clock", $"memcached {servers.Memcached.Endpoint} clock"], warnings.Select(static check => check.Name));
        Assert.All(warnings, check => Assert.Matches($@"clock is (359|360)\d\.\d s {side}", check.Seen));
        Assert.All(warnings, static check => Assert.Contains("Synchronize the clock", Assert.Single(check.Advice), StringComparison.Ordinal));
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private sealed class Silent : IDoctorView
    {
        public void Begin(string name)
        {
            // The test does not look.
        }

        public void End(CheckResult result)
        {
            // The test does not look.
        }
    }
}
