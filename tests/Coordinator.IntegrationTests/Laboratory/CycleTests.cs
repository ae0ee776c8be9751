using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Laboratory;

/// <summary>A small run of the laboratory's cycle workload. The command runs it for minutes over twenty tables.</summary>
public sealed class CycleTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Coordinator.Laboratory.dll");

    [Fact]
    public async Task Random_table_sets_meet_without_a_conflict_and_every_job_sees_what_was_committed_before_its_turn()
    {
        await using var laboratory = ChildProcess.Start(
            "dotnet",
            [Program, "cycle", "--seconds", "8", "--tables", "6", "--inserters", "4", "--jobs", "4", "--readers", "2", "--silos", "2",
                "--uncoordinated", "--json"]);
        var code = await laboratory.WaitForExitAsync(TimeSpan.FromMinutes(2.5));
        Assert.True(code == 0, laboratory.Output);

        using var json = JsonDocument.Parse(laboratory.StandardOutput);
        var report = json.RootElement;
        Assert.True(report.GetProperty("uncoordinated").GetProperty("runConflicts").GetInt64() > 0, "uncoordinated, runs fail");
        Assert.Equal(0, report.GetProperty("conflicts").GetProperty("serializationFailures").GetInt32());
        Assert.Equal(0, report.GetProperty("conflicts").GetProperty("deadlocks").GetInt32());
        Assert.Equal(0, report.GetProperty("overlaps").GetArrayLength());
        Assert.True(report.GetProperty("coordinated").GetProperty("fewestRuns").GetInt64() > 0, "every job ran");
        Assert.True(report.GetProperty("coordinated").GetProperty("reads").GetInt64() > 0, "the readers read");
        var rows = report.GetProperty("rows");
        Assert.Equal((0, 0), (rows.GetProperty("lost").GetInt64(), rows.GetProperty("doubled").GetInt64()));
        var snapshots = report.GetProperty("snapshots");
        Assert.True(snapshots.GetProperty("atTheirTurn").GetInt64() > 0, "jobs recorded what they saw");
        Assert.Equal((0, 0), (snapshots.GetProperty("atAnother").GetInt64(), snapshots.GetProperty("wrong").GetInt64()));
    }
}
