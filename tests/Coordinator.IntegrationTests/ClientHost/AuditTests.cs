using System.Text.Json;
using Coordinator.IntegrationTests.Redshift;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.TestServers;
using DuckDB.NET.Data;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary><c>audit</c> as users run it: a process that reads the warehouse's ledgers, without a silo.</summary>
[Collection(PostgresCollection.Name)]
public sealed class AuditTests(PostgresFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coordinator-audit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_ledgers_of_PostgreSQL_show_who_wrote_and_whether_activations_overlapped()
    {
        await using var deployment = await Deployment.StartAsync("create table people (id int, name text); create table other (id int)");
        await InsertAsync(deployment.Silo, "people", """{"id":1,"name":"a"}""" + "\n" + """{"id":2,"name":"b"}""");
        await InsertAsync(deployment.Silo, "other", """{"id":1}""");

        var answer = await JsonAsync(deployment.SiloSettings, "audit", "writes", "--table", "people", "--json");
        var write = Assert.Single(answer.GetProperty("writes").EnumerateArray());
        Assert.Equal(("public.people", 1, 1, 2),
            (write.GetProperty("table").GetString(), Number(write, "origins"), Number(write, "intents"), Number(write, "rows")));
        Assert.Equal(await deployment.ScalarAsync<string>("select batch_id || ' ' || activation from coordinator.\"public.people\""),
            $"{write.GetProperty("batchId").GetString()} {write.GetProperty("activation").GetString()}");
        Assert.Equal(
            new DateTimeOffset(await deployment.ScalarAsync<DateTime>("select ended_at from coordinator.\"public.people\"")),
            write.GetProperty("endedAt").GetDateTimeOffset());
        var both = (await JsonAsync(deployment.SiloSettings, "audit", "writes", "--json")).GetProperty("writes").EnumerateArray().ToList();
        var top = await JsonAsync([], "top", "--sort", "table", "--json", "--url", deployment.Silo.Http.BaseAddress!.ToString());
        Assert.Equal(
            both.Select(static w => (w.GetProperty("table").GetString(), Number(w, "intents"), Number(w, "rows"))).Order(),
            top.GetProperty("tables").EnumerateArray()
                .Select(static t => (t.GetProperty("table").GetString(), Number(t, "intents"), Number(t, "rows"))));
        Assert.Equal(2, both.Count);
        Assert.Empty((await JsonAsync(deployment.SiloSettings, "audit", "writes", "--until", "1h", "--since", "2h", "--json")).GetProperty("writes")
            .EnumerateArray());
        Assert.Empty((await JsonAsync(deployment.SiloSettings, "audit", "overlaps", "--json")).GetProperty("overlaps").EnumerateArray());

        await deployment.ExecuteAsync("""
            insert into coordinator."public.people" select gen_random_uuid(), 1, 1, 1, gen_random_uuid(), 'rival', started_at - interval '1 second', ended_at from coordinator."public.people" where first_sequence >= 0
            """);
        var overlap = Assert.Single((await JsonAsync(deployment.SiloSettings, "audit", "overlaps", "--json")).GetProperty("overlaps")
            .EnumerateArray());
        Assert.Equal(("rival", write.ToString()),
            (overlap.GetProperty("first").GetProperty("activation").GetString(), overlap.GetProperty("second").ToString()));
        var words = await ClientHostProcess.RunAsync(deployment.SiloSettings, ["audit", "overlaps", "--table", "people", "--since", "1h"]);
        Assert.Contains("public.people: two activations were open together for", words.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("activation rival", words.StandardOutput, StringComparison.Ordinal);

        var wrong = await ClientHostProcess.RunAsync(deployment.SiloSettings, ["audit", "writes", "--table", "poeple", "--json"]);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("Did you mean public.people?", wrong.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_DuckDB_belongs_to_one_process_and_is_readable_once_its_silo_has_ended()
    {
        var file = Path.Combine(_folder, "warehouse.duckdb");
        await using (var connection = new DuckDBConnection("Data Source=" + file))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE SCHEMA public; CREATE TABLE public.people (id INT)";
            await command.ExecuteNonQueryAsync();
        }

        var settings = new Dictionary<string, string?> { ["Coordinator:Warehouse:ConnectionString"] = file };
        await using (var silo = await SiloProcess.StartAsync(settings))
        {
            await InsertAsync(silo, "people", """{"id":1}""");
            var refused = await ClientHostProcess.RunAsync(settings, ["audit", "writes"]);
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains("has the file open", refused.StandardError, StringComparison.Ordinal);
            Assert.Contains(file, refused.StandardError, StringComparison.Ordinal);
            // Rows that DuckDB has not yet moved from its log into the file must count too.
            await silo.KillAsync();
        }

        Assert.Equal(1, Number(Assert.Single(
            (await JsonAsync(settings, "audit", "writes", "--table", "people", "--json")).GetProperty("writes").EnumerateArray()), "rows"));
        Assert.Equal(1, (await JsonAsync(settings, "audit", "overlaps", "--json")).GetProperty("ledgers").GetInt32());

        settings["Coordinator:Warehouse:ConnectionString"] = Path.Combine(_folder, "nothing", "here.duckdb");
        var missing = await ClientHostProcess.RunAsync(settings, ["audit", "writes"]);
        Assert.Equal(3, missing.ExitCode);
        Assert.Contains("Coordinator:Warehouse:Provider DuckDb", missing.StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "nothing")), "an audit makes nothing");
    }

    [Fact]
    public async Task Redshift_is_queried_in_its_own_dialect_and_no_answer_is_exit_code_3()
    {
        await using var redshift = await SimulatedRedshift.StartAsync(fixture.Server);
        await redshift.RunBehindAsync("""
            create schema coordinator;
            create table coordinator."public.events" (
                origin char(36), first_sequence bigint, last_sequence bigint, "rows" bigint, batch_id char(36), activation varchar(256), started_at timestamptz, ended_at timestamptz);
            comment on table coordinator."public.events" is 'ledger of public.events';
            insert into coordinator."public.events"
            select gen_random_uuid(), 1, 3, 30, gen_random_uuid(), 'a' || n, now() - n * interval '1 second', now() from generate_series(1, 3) n
            """);
        var settings = new Dictionary<string, string?>
        { ["Coordinator:Warehouse:Provider"] = "Redshift", ["Coordinator:Warehouse:ConnectionString"] = redshift.ConnectionString };
        var writes = (await JsonAsync(settings, "audit", "writes", "--json")).GetProperty("writes").EnumerateArray().ToList();
        Assert.Equal((3, 9, 90), (writes.Count, writes.Sum(static w => Number(w, "intents")), writes.Sum(static w => Number(w, "rows"))));
        Assert.Equal(3, (await JsonAsync(settings, "audit", "overlaps", "--table", "events", "--json")).GetProperty("overlaps").GetArrayLength());
        Assert.Empty(redshift.Server.Refused);

        settings["Coordinator:Warehouse:ConnectionString"] = $"Host=127.0.0.1;Port={FreePort.Next()};Username=nobody;Database=none";
        var away = await ClientHostProcess.RunAsync(settings, ["audit", "writes", "--json"]);
        Assert.Equal(3, away.ExitCode);
        Assert.Equal(3, JsonDocument.Parse(away.StandardOutput).RootElement.GetProperty("exitCode").GetInt32());
    }

    private static int Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private static async Task InsertAsync(SiloProcess silo, string table, string lines)
    {
        var result = await ClientHostProcess.RunAsync(silo.ClientSettings, ["insert", "--table", table, "--file", "-", "--format", "ndjson"], lines);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    private static async Task<JsonElement> JsonAsync(IEnumerable<KeyValuePair<string, string?>> settings, params string[] arguments)
    {
        var result = await ClientHostProcess.RunAsync(settings, arguments);
        Assert.True(result.ExitCode == 0, result.StandardError + result.StandardOutput);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }
}
