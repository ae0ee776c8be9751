using System.Text.Json;
using Coordinator.RedshiftSimulator;
using Coordinator.RedshiftSimulator.Storage;
using Coordinator.TestServers;
using DuckDB.NET.Data;
using Npgsql;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary><c>client-host doctor</c> where nothing is wrong, and the form of its answers.</summary>
public sealed class WellTests(DoctorFixture servers) : IClassFixture<DoctorFixture>
{
    [Theory]
    [InlineData(RedshiftDeployment.Provisioned, "a provisioned cluster", "SNAPSHOT")]
    [InlineData(RedshiftDeployment.Serverless, "Serverless", "SNAPSHOT")]
    [InlineData(RedshiftDeployment.MultiAz, "a Multi-AZ cluster", "counts as SNAPSHOT")]
    public async Task Each_deployment_of_Redshift_is_recognized(RedshiftDeployment deployment, string kind, string isolation)
    {
        await using var stage = await Stage.StartAsync(servers, options => options with { Deployment = deployment });
        var store = stage.Own(ObjectStore.Start());
        const string Staging = "Coordinator:Warehouse:Redshift:Staging:";
        (stage.Settings[Staging + "Bucket"], stage.Settings[Staging + "Endpoint"]) = ("my-bucket", store.Url);
        (stage.Settings[Staging + "AccessKeyId"], stage.Settings[Staging + "SecretAccessKey"]) = ("AKIDEXAMPLE", "sesame");
        var diagnosis = await stage.ExamineAsync();
        diagnosis.AssertWell();
        Assert.Contains(kind, Seen(diagnosis, "warehouse deployment"), StringComparison.Ordinal);
        Assert.Contains(isolation, Seen(diagnosis, "warehouse isolation"), StringComparison.Ordinal);
        Assert.Contains("Redshift 1.0.", Seen(diagnosis, "warehouse version"), StringComparison.Ordinal);
        Assert.Equal($"{stage.User}, no superuser", Seen(diagnosis, "warehouse user"));
        Assert.Contains($"{stage.User} may create schema coordinator", Seen(diagnosis, "warehouse ledgers"), StringComparison.Ordinal);
        Assert.Empty(store.Keys("my-bucket"));
    }

    [Fact]
    public async Task A_doctor_changes_nothing_in_the_warehouse()
    {
        await using var stage = await Stage.StartAsync(servers);
        await stage.Redshift.RunAsync("SELECT 1");
        const string Relations = "SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_class";
        var before = await stage.Redshift.AskBehindAsync(Relations);
        (await stage.ExamineAsync()).AssertWell();
        Assert.Equal(before, await stage.Redshift.AskBehindAsync(Relations));
        Assert.Equal(0, stage.Redshift.Server.Commits);
    }

    [Fact]
    public async Task PostgreSQL_and_a_cluster_in_Redis_with_a_silo_are_well()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(database + ";Pooling=false"))
        {
            await using var command = source.CreateCommand(
                "CREATE ROLE plain LOGIN; CREATE TABLE events (id int); GRANT SELECT, INSERT ON events TO plain; "
                + "CREATE SCHEMA coordinator; GRANT USAGE, CREATE ON SCHEMA coordinator TO plain");
            await command.ExecuteNonQueryAsync();
        }

        var settings = new Dictionary<string, string?>
        {
            ["Coordinator:Warehouse:Provider"] = "Postgres",
            ["Coordinator:Warehouse:ConnectionString"] = new NpgsqlConnectionStringBuilder(database) { Username = "plain" }.ConnectionString,
            ["Coordinator:Locking:Memcached:Servers"] = servers.Memcached.Endpoint,
            ["Coordinator:Clustering:Provider"] = "Redis",
            ["Coordinator:Clustering:ConnectionString"] = redis.ConnectionString,
            ["Coordinator:Silo:Name"] = "silo-1",
        };
        await using var silo = await SiloProcess.StartAsync(settings);
        var written = await ClientHostProcess.RunAsync(
            silo.ClientSettings, ["insert", "--table", "events", "--file", "-", "--format", "ndjson"], """{"id": 1}""");
        Assert.True(written.ExitCode == 0, written.StandardError);

        var diagnosis = Diagnosis.Of(await ClientHostProcess.RunAsync(settings, ["doctor", "--json"]));
        diagnosis.AssertWell();
        Assert.Contains($"alive: silo-1 (127.0.0.1:{silo.SiloPort})", Seen(diagnosis, "cluster silos"), StringComparison.Ordinal);
        Assert.Contains($"{silo.GatewayPort} (clients)", Seen(diagnosis, "silo silo-1"), StringComparison.Ordinal);
        // The tables that have a ledger are those that are checked.
        Assert.Equal("plain may insert and select", Seen(diagnosis, "table public.events"));
    }

    [Fact]
    public async Task DuckDB_is_well_before_and_after_its_first_silo()
    {
        var folder = Directory.CreateTempSubdirectory("coordinator-doctor-").FullName;
        try
        {
            var settings = new Dictionary<string, string?> { ["Coordinator:Warehouse:ConnectionString"] = $"{folder}/sub/warehouse.duckdb" };
            var before = Diagnosis.Of(await ClientHostProcess.RunAsync(settings, ["doctor", "--json"]));
            before.AssertWell();
            Assert.Contains("the silo creates it", Seen(before, "warehouse file"), StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));

            settings["Coordinator:Warehouse:ConnectionString"] = $"{folder}/warehouse.duckdb";
            await using (var connection = new DuckDBConnection($"Data Source={folder}/warehouse.duckdb"))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = "CREATE SCHEMA public; CREATE TABLE public.events (id INT, name TEXT)";
                await command.ExecuteNonQueryAsync();
            }

            var after = Diagnosis.Of(await ClientHostProcess.RunAsync(settings, ["doctor", "--json", "--table", "events"]));
            after.AssertWell();
            Assert.Equal("2 columns", Seen(after, "table public.events"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_answer_has_its_form_in_JSON_and_in_lines()
    {
        await using var stage = await Stage.StartAsync(servers);
        await stage.RunAsync("REVOKE INSERT ON events FROM {0}");
        var answer = (await stage.ExamineAsync()).Answer;
        Assert.Equal(["checks", "failed", "ok", "skipped", "warnings"], answer.EnumerateObject().Select(static p => p.Name).Order());
        var check = answer.GetProperty("checks").EnumerateArray().Single(static c => c.GetProperty("name").GetString() == "table public.events");
        Assert.Equal(JsonValueKind.Array, check.GetProperty("advice").ValueKind);
        Assert.Equal(["advice", "name", "seen", "status"], check.EnumerateObject().Select(static p => p.Name).Order());

        var words = await ClientHostProcess.RunAsync(stage.Settings, ["doctor", "--table", "events"]);
        Assert.Equal(1, words.ExitCode);
        Assert.Contains($"FAILED   table public.events          {stage.User} may not insert", words.StandardOutput, StringComparison.Ordinal);
        Assert.Contains($"→ An administrator runs: GRANT INSERT ON public.events TO {stage.User};", words.StandardOutput, StringComparison.Ordinal);
        Assert.EndsWith("17 ok, 0 warnings, 1 failed, 0 skipped", words.StandardOutput.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_the_file_of_a_silo_and_a_missing_file_is_wrong_usage()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file, """{ "Coordinator": { "Silo": { "Name": "from-file" }, "Warehouse": { "ConnectionString": ":memory:" } } }""");
            var diagnosis = Diagnosis.Of(await ClientHostProcess.RunAsync(
                [new("Coordinator:Silo:SiloPort", "12345")], ["doctor", "--json", "--settings", file]));
            Assert.Contains("silo from-file:", Seen(diagnosis, "settings"), StringComparison.Ordinal);
            Assert.Contains("127.0.0.1:12345", Seen(diagnosis, "settings"), StringComparison.Ordinal);
            Assert.Equal(["warehouse file"], diagnosis.With("warning"));

            await File.WriteAllTextAsync(file, "{ not JSON");
            var broken = await ClientHostProcess.RunAsync([], ["doctor", "--settings", file]);
            Assert.Equal(2, broken.ExitCode);
            Assert.Contains(file, broken.StandardError, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }

        var missing = await ClientHostProcess.RunAsync([], ["doctor", "--settings", "nothing-here.json"]);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("nothing-here.json", missing.StandardError, StringComparison.Ordinal);
    }

    private static string Seen(Diagnosis diagnosis, string check) => diagnosis.Checks[check].GetProperty("seen").GetString()!;
}
