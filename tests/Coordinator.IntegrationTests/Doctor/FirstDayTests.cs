using System.Text.RegularExpressions;
using Coordinator.Core.Warehouses;
using Coordinator.Hosting;
using Coordinator.IntegrationTests.Documentation;
using Coordinator.IntegrationTests.Redshift;
using Coordinator.Intents;
using Coordinator.RedshiftSimulator;
using Coordinator.Settings;
using Coordinator.Tables;
using Coordinator.TestServers;
using Coordinator.Warehouse.Redshift;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary>docs/first-day.md: its SQL is enough for inserts and updates, its settings are right, its figures are measured, and the doctor prints
/// what the page shows.</summary>
public sealed partial class FirstDayTests(DoctorFixture servers) : IClassFixture<DoctorFixture>, IDisposable
{
    private const string Tables = """
        CREATE SCHEMA sales;
        CREATE TABLE sales.events (id bigint NOT NULL, name varchar(40));
        CREATE TABLE sales.summary (n bigint)
        """;

    private static readonly string Page = File.ReadAllText(Path.Combine(HostProgram.Root().FullName, "docs", "first-day.md"));

    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-first-day-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(RedshiftDeployment.Provisioned)]
    [InlineData(RedshiftDeployment.Serverless)]
    public async Task The_grants_of_the_page_are_enough_for_inserts_updates_and_a_doctor_without_findings(RedshiftDeployment deployment)
    {
        await using var redshift = await SimulatedRedshift.StartAsync(
            servers.Postgres, IsolationLevel.Snapshot,
            options => options with { Deployment = deployment, PasswordsOf = static _ => ["Change-me-1"] });
        var user = await CreateAsync(redshift);
        await using var services = new ServiceCollection().AddLogging().AddRedshiftWarehouse(options => options.ConnectionString =
            new NpgsqlConnectionStringBuilder(redshift.ConnectionString) { Username = user, Password = "Change-me-1" }.ConnectionString)
            .BuildServiceProvider();
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(TableName.Parse("sales.events"), default);
        await warehouse.CommitAsync(RedshiftTestBase.Batch(schema, 1, 3), default);

        var before = redshift.Server.Log.Count;
        await warehouse.CommitAsync(RedshiftTestBase.Batch(schema, 4, 2), default);
        var statements = redshift.Server.Log.Skip(before).ToList();
        Assert.True(
            Page.Contains($"A turn of inserts is {statements.Count} statements", StringComparison.Ordinal),
            $"{statements.Count} statements:\n{string.Join('\n', statements)}");

        const string Sql = "INSERT INTO sales.summary SELECT count(*) FROM sales.events";
        Assert.NotEmpty(await warehouse.FindTablesAsync(Sql, default));
        await warehouse.ExecuteAsync(
            new UpdateRun
            {
                BatchId = Guid.NewGuid(),
                Activation = new("activation1"),
                Intent = new UpdateIntent
                {
                    Id = new IntentId(Guid.NewGuid(), 0),
                    Sql = Sql,
                    Writes = [TableName.Parse("sales.summary")],
                    Reads = [TableName.Parse("sales.events")],
                    Source = "test",
                },
                MayCommit = static _ => ValueTask.FromResult(true),
            },
            default);
        Assert.Equal(5L, await redshift.AskBehindAsync("SELECT n FROM sales.summary"));
        Assert.Null(warehouse.Trouble);
    }

    [Fact]
    public async Task The_doctor_prints_what_the_page_shows()
    {
        await using var redshift = await SimulatedRedshift.StartAsync(
            servers.Postgres, IsolationLevel.Snapshot, static options => options with { PasswordsOf = static _ => ["Change-me-1"] });
        var user = await CreateAsync(redshift);
        await File.WriteAllTextAsync($"{_folder}/redshift-password", "Change-me-1");
        var at = new NpgsqlConnectionStringBuilder(redshift.ConnectionString);
        await File.WriteAllTextAsync(
            $"{_folder}/silo.json",
            Blocks("json")[0]
                .Replace("Host=warehouse.abc.eu-west-1.redshift.amazonaws.com", $"Host=127.0.0.1;Port={at.Port}", StringComparison.Ordinal)
                .Replace("Database=warehouse;Username=coordinator", $"Database={at.Database};Username={user}", StringComparison.Ordinal)
                .Replace("/run/secrets/redshift", $"{_folder}/redshift-password", StringComparison.Ordinal)
                .Replace("cache1:11211,cache2:11211", servers.Memcached.Endpoint, StringComparison.Ordinal));
        var block = new MarkdownPage(Page).Blocks.Single(static b => b.Text.Contains("doctor", StringComparison.Ordinal) && b.Output is not null);
        var arguments = block.Text.Split(" -- ")[1].Replace("silo.json", $"{_folder}/silo.json", StringComparison.Ordinal).Split(' ');
        var printed = await ClientHostProcess.RunAsync([], arguments);
        Assert.True(printed.ExitCode == 0, printed.StandardOutput + printed.StandardError);
        var pattern = "^" + Regex.Escape(block.Output!.Trim()).Replace("…", ".*", StringComparison.Ordinal) + "$";
        Assert.True(
            Regex.IsMatch(printed.StandardOutput.Replace(user, "coordinator", StringComparison.Ordinal).Trim(), pattern, RegexOptions.Singleline),
            printed.StandardOutput);
    }

    [Fact]
    public void The_settings_of_the_page_have_no_mistake()
    {
        File.WriteAllText($"{_folder}/redshift-password", "known");
        var blocks = Blocks("json");
        Assert.Equal(2, blocks.Count);
        foreach (var block in blocks)
        {
            using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(
                block.Replace("/run/secrets/redshift", $"{_folder}/redshift-password", StringComparison.Ordinal)));
            var reader = new SettingsReader(new ConfigurationBuilder().AddJsonStream(json).Build());
            var settings = SiloSettings.Read(reader);
            Assert.Empty(reader.Mistakes);
            Assert.Equal(WarehouseProvider.Redshift, settings.Warehouse.Provider);
        }
    }

    /// <summary>Runs the page's SQL as an administrator, with a user of its own for each test.</summary>
    private static async Task<string> CreateAsync(SimulatedRedshift redshift)
    {
        var user = $"loader{Guid.NewGuid():N}";
        await redshift.RunBehindAsync(Tables);
        var sql = Assert.Single(Blocks("sql")).Replace("USER coordinator", $"USER {user}", StringComparison.Ordinal)
            .Replace("TO coordinator", $"TO {user}", StringComparison.Ordinal);
        // Through the simulator, which refuses what Redshift does not know.
        await using var source = NpgsqlDataSource.Create(redshift.ConnectionString + ";Password=Change-me-1;Pooling=false");
        foreach (var statement in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }

        return user;
    }

    private static List<string> Blocks(string language) =>
        [.. Fence().Matches(Page).Where(match => match.Groups[1].Value == language).Select(static match => match.Groups[2].Value)];

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
