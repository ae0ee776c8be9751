using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.EndToEnd;

/// <summary>A real, messy file through client-host, silo-host, memcached and PostgreSQL: see Data/README.md.</summary>
public sealed class InsertFileTests
{
    private const string Nothing = "(null)";

    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "Data", "football.ndjson");
    private static readonly string[] Columns = ["date", "division", "home_team", "away_team", "home_score", "away_score"];

    [Fact]
    public async Task A_messy_file_arrives_whole_and_a_second_run_changes_nothing_and_says_so()
    {
        await using var deployment = await Deployment.StartAsync(
            "CREATE TABLE matches (date date, division text, home_team varchar(60), away_team text, home_score integer, away_score smallint)");
        var lines = await System.IO.File.ReadAllLinesAsync(File);

        var first = await InsertAsync(deployment);
        Assert.Equal(lines.Length, first.GetProperty("rows").GetInt64());
        Assert.Equal(first.GetProperty("intents").GetInt64(), first.GetProperty("committed").GetInt64());
        Assert.Equal(0, first.GetProperty("alreadyCommitted").GetInt64());
        Assert.Equal(0, first.GetProperty("rejected").GetArrayLength());
        await AssertHoldsTheFileAsync(deployment, lines);

        var second = await InsertAsync(deployment);
        Assert.Equal(0, second.GetProperty("committed").GetInt64());
        Assert.Equal(first.GetProperty("intents").GetInt64(), second.GetProperty("alreadyCommitted").GetInt64());
        await AssertHoldsTheFileAsync(deployment, lines);
    }

    private static async Task<JsonElement> InsertAsync(Deployment deployment)
    {
        var run = await ClientHostProcess.RunAsync(deployment.Silo.ClientSettings, ["insert", "--table", "matches", "--file", File, "--json"]);
        Assert.True(run.ExitCode == 0, $"insert exited with {run.ExitCode}:\n{run.StandardOutput}\n{run.StandardError}");
        return JsonDocument.Parse(run.StandardOutput).RootElement;
    }

    private static async Task AssertHoldsTheFileAsync(Deployment deployment, string[] lines)
    {
        Assert.Equal(lines.Length, await deployment.ScalarAsync<long>("SELECT count(*) FROM matches"));
        foreach (var column in Columns)
        {
            var checksum = await deployment.ScalarAsync<string>(
                $"""
                SELECT encode(sha256(convert_to(string_agg(v, E'\n' ORDER BY v COLLATE "C"), 'UTF8')), 'hex')
                FROM (SELECT coalesce({column}::text, '{Nothing}') AS v FROM matches) AS values_as_text
                """);
            Assert.Equal((column, ChecksumOf(lines, column)), (column, checksum));
        }
    }

    private static string ChecksumOf(string[] lines, string column)
    {
        var values = Array.ConvertAll(lines, line =>
        {
            using var row = JsonDocument.Parse(line);
            return row.RootElement.TryGetProperty(column, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : Nothing;
        });
        Array.Sort(values, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', values))));
    }
}
