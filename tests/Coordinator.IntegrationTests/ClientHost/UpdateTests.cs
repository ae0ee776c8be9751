using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.ClientHost;

/// <summary><c>update</c> as users run it.</summary>
public sealed class UpdateTests : IAsyncLifetime
{
    private Deployment _deployment = null!;

    public async Task InitializeAsync() => _deployment = await Deployment.StartAsync(
        "create table events (id int); create table summary (n bigint); insert into events select generate_series(1, 5); insert into summary "
            + "values (0); "
        + "create view recent as select * from events where id > 2");

    public async Task DisposeAsync() => await _deployment.DisposeAsync();

    [Fact]
    public async Task SQL_runs_once_under_one_id()
    {
        string[] arguments = ["update", "--sql", "update summary set n = n + (select count(*) from events)", "--writes", "summary", "--reads",
            "events", "--id", "today", "--json"];
        var first = await RunAsync(0, arguments);
        Assert.Equal(("committed", 1), (first.GetProperty("status").GetString(), first.GetProperty("rowsAffected").GetInt32()));
        Assert.True(first.TryGetProperty("waitedMilliseconds", out _) && first.TryGetProperty("ranMilliseconds", out _)
            && first.TryGetProperty("intentId", out _));
        var second = await RunAsync(0, arguments);
        Assert.Equal("alreadyCommitted", second.GetProperty("status").GetString());
        Assert.Equal(5L, await _deployment.ScalarAsync<long>("select n from summary"));
    }

    [Fact]
    public async Task One_id_is_one_update_however_it_is_written()
    {
        string[] update = ["update", "--sql", "update summary set n = n + 1", "--json", "--id"];
        foreach (var (first, again) in new[] { ("\"today\"", "today"),
            ("11111111-AAAA-4111-8111-11111111111F", "11111111-aaaa-4111-8111-11111111111f") })
        {
            var id = (await RunAsync(0, [.. update, first])).GetProperty("intentId").GetString();
            var answer = await RunAsync(0, [.. update, again]);
            Assert.Equal(("alreadyCommitted", id), (answer.GetProperty("status").GetString(), answer.GetProperty("intentId").GetString()));
        }

        Assert.Equal(2L, await _deployment.ScalarAsync<long>("select n from summary"));
        var malformed = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, [.. update, "\"today"]);
        Assert.Equal(2, malformed.ExitCode);
        Assert.Contains("the closing quote is missing", malformed.StandardError + malformed.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registered_job_runs_by_its_name()
    {
        var answer = await RunAsync(0, ["update", "--job", "count", "--json", "--Coordinator:Jobs:count:Sql=update summary set n = (select "
            + "count(*) from events)", "--Coordinator:Jobs:count:Writes=summary", "--Coordinator:Jobs:count:Reads=events"]);
        Assert.Equal("count", answer.GetProperty("job").GetString());
        Assert.Equal(5L, await _deployment.ScalarAsync<long>("select n from summary"));
    }

    [Fact]
    public async Task SQL_that_runs_longer_than_it_may_is_cancelled_in_the_warehouse_and_the_answer_says_what_became_of_it()
    {
        var answer = await RunAsync(1, ["update", "--job", "slow", "--json", "--Coordinator:Jobs:slow:Sql=update summary set n = 1; select "
            + "pg_sleep(600)", "--Coordinator:Jobs:slow:Writes=summary", "--Coordinator:Jobs:slow:MaxDuration=00:00:01"]);
        Assert.Equal("rejected", answer.GetProperty("status").GetString());
        Assert.Contains("certainly rolled back", answer.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(0L, await _deployment.ScalarAsync<long>("select n from summary"));
        Assert.Equal(0L, await _deployment.ScalarAsync<long>(
            "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()"));
    }

    [Fact]
    public async Task SQL_that_the_warehouse_refuses_is_exit_code_1()
    {
        var answer = await RunAsync(1, ["update", "--sql", "update summary set nope = 1", "--writes", "summary", "--json"]);
        Assert.Equal("rejected", answer.GetProperty("status").GetString());
        Assert.Contains("nope", answer.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nothing_declared_the_tables_are_found_and_all_are_reserved()
    {
        const string Sql = "delete from summary where n = 0; insert into summary select count(*) from recent";
        var answer = await RunAsync(0, ["update", "--sql", Sql, "--id", "today", "--json"]);
        Assert.Equal("committed", answer.GetProperty("status").GetString());
        Assert.Equal([1, 1], answer.GetProperty("statementRows").EnumerateArray().Select(static rows => rows.GetInt64()));
        Assert.Equal(3L, await _deployment.ScalarAsync<long>("select n from summary"));
        // The table that is only read, through a view, had a turn too.
        var contention = await _deployment.Silo.Http.GetStringAsync("api/contention");
        Assert.Contains("\"public.events\"", contention, StringComparison.Ordinal);
        Assert.Contains("\"public.summary\"", contention, StringComparison.Ordinal);

        // The tables of the update cannot be resolved any more, but the update stays committed.
        await _deployment.ExecuteAsync("drop view recent");
        var again = await RunAsync(0, ["update", "--sql", Sql, "--id", "today", "--json"]);
        Assert.Equal("alreadyCommitted", again.GetProperty("status").GetString());
        var declared = await RunAsync(0, ["update", "--sql", Sql, "--writes", "summary", "--reads", "events", "--id", "today", "--json"]);
        Assert.Equal("alreadyCommitted", declared.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_undeclared_table_is_rejected_by_name_before_anything_runs()
    {
        (string Sql, string Declared, string Reason)[] cases =
        [
            ("update summary set n = (select count(*) from recent)", "--writes summary",
                "The SQL reads public.events without declaring it. Declare Writes: public.summary; Reads: public.events."),
            ("delete from events; update summary set n = 1", "--writes summary",
                "The SQL writes public.events without declaring it. Declare Writes: public.events, public.summary."),
            ("update summary set n = 1", "--writes events --reads summary",
                "The SQL writes public.summary, declared as only read. Declare Writes: public.events, public.summary."),
            ("truncate summary; insert into summary select count(*) from events", "", "The tables of this update cannot be found for certain "
                + "(statement 1: TRUNCATE cannot be explained). Declare Writes: public.summary; Reads: public.events, and every other table that "
                + "it touches."),
            ("select * from events", "", "The SQL writes no table; an update writes at least one."),
        ];
        foreach (var (sql, declared, reason) in cases)
        {
            var answer = await RunAsync(1, ["update", "--sql", sql, "--json", .. declared.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            Assert.Equal("rejected", answer.GetProperty("status").GetString());
            Assert.Equal(reason, answer.GetProperty("errors")[0].GetProperty("reason").GetString());
        }

        Assert.Equal(0L, await _deployment.ScalarAsync<long>("select n from summary"));
    }

    [Theory]
    [InlineData("insert into summary values (7); commit; select 1/0",
        "Statement 2 is COMMIT, which ends the transaction in which the SQL runs. Leave BEGIN, COMMIT and ROLLBACK to the coordinator.")]
    [InlineData("rollback; insert into summary values (7)",
        "Statement 1 is ROLLBACK, which ends the transaction in which the SQL runs. Leave BEGIN, COMMIT and ROLLBACK to the coordinator.")]
    [InlineData("insert into summary values (7); commit; begin",
        "Statement 2 is COMMIT, which ends the transaction in which the SQL runs. Leave BEGIN, COMMIT and ROLLBACK to the coordinator.")]
    public async Task SQL_that_ends_its_transaction_is_rejected_before_any_table_is_asked_for(string sql, string reason)
    {
        foreach (var declared in new[] { "", "--writes summary" })
        {
            var answer = await RunAsync(1, ["update", "--sql", sql, "--json", .. declared.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            Assert.Equal(("rejected", reason),
                (answer.GetProperty("status").GetString(), answer.GetProperty("errors")[0].GetProperty("reason").GetString()));
        }

        Assert.Equal(1L, await _deployment.ScalarAsync<long>("select count(*) from summary"));
        Assert.DoesNotContain("public.summary", await _deployment.Silo.Http.GetStringAsync("api/contention"), StringComparison.Ordinal);
        Assert.False(await _deployment.ScalarAsync<bool>("select to_regclass('coordinator.\"public.summary\"') is not null"));
    }

    [Fact]
    public async Task A_ledger_is_never_a_target_however_it_is_reached()
    {
        await RunAsync(0, ["update", "--sql", "update summary set n = 1", "--json"]);
        await _deployment.ExecuteAsync("create view behind as select * from coordinator.\"public.summary\"");
        (string Sql, string Declared, string Reason)[] cases =
        [
            ("update summary set n = 2", "--writes summary,Coordinator.\"public.summary\"",
                "coordinator.\"public.summary\" is no table to write to: schema coordinator holds the ledgers"),
            ("update summary set n = 2; delete from coordinator.\"public.summary\"", "",
                "Statement 2 is DELETE and names coordinator, but schema coordinator holds the ledgers"),
            ("update summary set n = 2; delete from coordinator.\"public.summary\"", "--writes summary",
                "Statement 2 is DELETE and names coordinator, but schema coordinator holds the ledgers"),
            ("update summary set n = 2; delete from behind", "",
                "Statement 2 writes coordinator.\"public.summary\", but schema coordinator holds the ledgers"),
            ("update summary set n = 2; delete from behind", "--writes summary",
                "Statement 2 writes coordinator.\"public.summary\", but schema coordinator holds the ledgers"),
            ("update summary set n = 2; update pg_settings set setting = 'coordinator' where name = 'search_path'", "--writes summary",
                "Statement 2 writes pg_catalog.pg_settings, but schema pg_catalog belongs to the warehouse itself"),
            ("update summary set n = 2; do $$ begin truncate coordinator.\"public.summary\"; end $$", "--writes summary",
                "Statement 2 is DO and names coordinator"),
            ("update summary set n = 2; drop schema coordinator cascade", "--writes summary", "Statement 2 is DROP and names coordinator"),
        ];
        foreach (var (sql, declared, reason) in cases)
        {
            var answer = await RunAsync(1, ["update", "--sql", sql, "--json", .. declared.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            Assert.Equal("rejected", answer.GetProperty("status").GetString());
            Assert.StartsWith(reason, answer.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(1L, await _deployment.ScalarAsync<long>("select n from summary"));
        Assert.Equal(1L, await _deployment.ScalarAsync<long>("select count(*) from coordinator.\"public.summary\""));
        Assert.Equal(2L, await _deployment.ScalarAsync<long>("select count(*) from pg_tables where schemaname = 'coordinator'"));

        // Reading a ledger is allowed and reserves nothing.
        string[] reading = ["update", "--sql", "update summary set n = (select 10 * count(*) from coordinator.\"public.summary\")", "--writes",
            "summary", "--json"];
        Assert.Equal("committed", (await RunAsync(0, reading)).GetProperty("status").GetString());
        Assert.Equal("committed", (await RunAsync(0, [.. reading, "--reads", "coordinator.\"public.summary\""])).GetProperty("status").GetString());
        Assert.DoesNotContain("coordinator.", await _deployment.Silo.Http.GetStringAsync("api/contention"), StringComparison.Ordinal);
    }

    private async Task<JsonElement> RunAsync(int exitCode, string[] arguments)
    {
        var result = await ClientHostProcess.RunAsync(_deployment.Silo.ClientSettings, arguments);
        Assert.True(result.ExitCode == exitCode, result.StandardError + result.StandardOutput);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }
}
