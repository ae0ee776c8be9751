using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Laboratory;

/// <summary>The laboratory's changes of tables, some of them; the command runs all.</summary>
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
        var report = await RunAsync(0, "--warehouse", warehouse, "--cases", cases, "--seed", seed);
        Assert.True(report.GetProperty("committed").GetInt32() > 0, "rows were committed");
        Assert.True(report.GetProperty("refused").GetInt32() > 0, "rows were refused");
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("duckdb")]
    public async Task Without_the_check_of_the_columns_wrong_values_are_noticed(string warehouse)
    {
        var report = await RunAsync(0, "--warehouse", warehouse, "--cases", "30", "--seed", "5", "--blind");
        Assert.True(report.GetProperty("problems").GetArrayLength() > 0, "problems were noticed");
    }

    /// <summary>A starved machine may answer late; what is judged here is what the answers say.</summary>
    private static async Task<JsonElement> RunAsync(int expected, params string[] arguments)
    {
        await using var laboratory = ChildProcess.Start("dotnet", [Program, "ddl", "--answer-within", "60", "--json", .. arguments]);
        var code = await laboratory.WaitForExitAsync(TimeSpan.FromMinutes(2.5));
        Assert.True(code == expected, laboratory.Output);
        using var json = JsonDocument.Parse(laboratory.StandardOutput);
        return json.RootElement.GetProperty("reports")[0].Clone();
    }
}
