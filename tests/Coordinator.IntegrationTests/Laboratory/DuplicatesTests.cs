using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Laboratory;

/// <summary>One run of a few faults of the duplicate laboratory. The command runs each fault twenty times.</summary>
public sealed class DuplicatesTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Coordinator.Laboratory.dll");

    [Theory]
    [InlineData("pause-silo", 1)]
    [InlineData("flush-memcached", 0)]
    public async Task No_intent_is_lost_doubled_or_failed_and_no_two_activations_write_at_once(string fault, int leastDuplicates)
    {
        await using var laboratory = ChildProcess.Start(
            "dotnet", [Program, "duplicates", "--fault", fault, "--lock", "proceed", "--runs", "1", "--json"]);
        var code = await laboratory.WaitForExitAsync(TimeSpan.FromMinutes(2.5));
        Assert.True(code == 0, laboratory.Output);

        using var json = JsonDocument.Parse(laboratory.StandardOutput);
        var result = json.RootElement;
        Assert.Equal(0, result.GetProperty("overlaps").GetInt32());
        Assert.Equal(0, result.GetProperty("interleaved").GetInt32());
        Assert.Equal(0, result.GetProperty("failures").GetArrayLength());
        var rows = result.GetProperty("rows");
        Assert.True(rows.GetProperty("acknowledged").GetInt64() > 500, "the writers wrote");
        Assert.Equal((0, 0), (rows.GetProperty("lost").GetInt64(), rows.GetProperty("doubled").GetInt64()));
        // A paused silo's grains certainly get second activations; after a graceful departure they may or may not.
        Assert.True(result.GetProperty("duplicates").GetInt32() >= leastDuplicates, "there were duplicate activations");
    }
}
