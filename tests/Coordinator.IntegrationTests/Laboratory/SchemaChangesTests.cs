using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Laboratory;

/// <summary>Some cases of the laboratory's schema changes. The command runs all.</summary>
public sealed class SchemaChangesTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Coordinator.Laboratory.dll");

    [Theory]
    [InlineData("postgres", "60", "1")]
    [InlineData("duckdb", "40", "2")]
    [InlineData("redshift-serializable", "20", "3")]
    [InlineData("redshift-snapshot", "20", "4")]
    public async Task Whatever_changes_under_rows_their_values_are_right_or_they_are_refused(string warehouse, string cases, string seed)
    {
        // A starved machine may answer late. This test judges the content of the answers.
        var report = await RunAsync("--answer-within", "60", "--warehouse", warehouse, "--cases", cases, "--seed", seed);
        Assert.True(report.GetProperty("committed").GetInt32() > 0, "rows were committed");
        Assert.True(report.GetProperty("refused").GetInt32() > 0, "rows were refused");
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("duckdb")]
    public async Task Without_the_check_of_the_columns_wrong_values_are_noticed(string warehouse)
    {
        // The adapter cannot classify rows that the client library refuses by itself, so they have no answer within any time.
        var report = await RunAsync("--answer-within", "5", "--warehouse", warehouse, "--cases", "30", "--seed", "5", "--blind");
        var problems = report.GetProperty("problems").EnumerateArray().Select(static problem => problem.GetString()!);
        Assert.Contains(problems, static problem =>
            problem.Contains(" instead of ", StringComparison.Ordinal) || problem.Contains(" fits and was refused", StringComparison.Ordinal));
    }

    private static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        await using var laboratory = ChildProcess.Start("dotnet", [Program, "ddl", "--json", .. arguments]);
        var code = await laboratory.WaitForExitAsync(TimeSpan.FromMinutes(5));
        Assert.True(code == 0, laboratory.Output);
        using var json = JsonDocument.Parse(laboratory.StandardOutput);
        return json.RootElement.GetProperty("reports")[0].Clone();
    }
}
