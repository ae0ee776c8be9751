using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Laboratory;

/// <summary>Short runs of the chaos laboratory. The command has long ones, and judges by seconds too.</summary>
public sealed class ChaosTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Coordinator.Laboratory.dll");

    [Fact]
    public async Task Several_faults_at_a_time_leave_every_word_true()
    {
        var (findings, intents, output) = await RunAsync("--seconds", "25", "--seed", "7");
        // A starved machine may need longer than the command allows.
        Assert.True(findings.All(static kind => kind == "stall"), output);
        Assert.True(intents > 100, output);
    }

    [Theory]
    [InlineData("receipt-before-commit", "lost", 10)]
    [InlineData("no-ledger", "doubled", 15)]
    [InlineData("no-schema-check", "wrongValue", 10)]
    [InlineData("silent-outage", "silence", 20)]
    public async Task Silos_that_break_a_promise_are_found(string broken, string expected, int seconds)
    {
        var (findings, _, output) = await RunAsync("--broken", broken, "--seconds", $"{seconds}", "--seed", "1");
        Assert.True(findings.Contains(expected), output);
    }

    private static async Task<(IReadOnlyList<string> Findings, int Intents, string Output)> RunAsync(params string[] arguments)
    {
        await using var laboratory = ChildProcess.Start("dotnet", [Program, "chaos", .. arguments, "--json"]);
        var code = await laboratory.WaitForExitAsync(TimeSpan.FromMinutes(5));
        using var json = JsonDocument.Parse(laboratory.StandardOutput);
        var report = json.RootElement;
        var findings = report.GetProperty("findings").EnumerateArray().Select(static f => f.GetProperty("kind").GetString()!).ToList();
        Assert.Equal(findings.Count == 0 ? 0 : 1, code);
        return (findings, report.GetProperty("intents").GetInt32(), laboratory.Output);
    }
}
