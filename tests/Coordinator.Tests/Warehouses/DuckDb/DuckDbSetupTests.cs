using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Warehouses.DuckDb;

/// <summary>The setup script of the embedded warehouse.</summary>
public sealed class DuckDbSetupTests : IDisposable
{
    private readonly DuckDbBench _bench = new();
    private readonly string _script = Path.GetTempFileName();

    public void Dispose()
    {
        _bench.Dispose();
        File.Delete(_script);
    }

    [Fact]
    public async Task The_script_makes_tables_in_schema_public_and_runs_again_without_harm()
    {
        await File.WriteAllTextAsync(_script, """
            -- A comment; with a semicolon.
            create table if not exists events (id bigint, kind text default 'a;b');
            create table if not exists summary (kind text, n bigint);
            """);
        await _bench.SetUpAsync(_script);
        await _bench.RunAsync("insert into events (id) values (1)");
        await _bench.SetUpAsync(_script);

        var tables = await _bench.ReadAsync("select schema_name || '.' || table_name from duckdb_tables() order by 1");
        Assert.Equal(["public.events", "public.summary"], tables);
        Assert.Equal(["1 a;b"], await _bench.ReadAsync("select id || ' ' || kind from events"));
    }

    [Fact]
    public async Task A_statement_that_fails_is_named_with_file_and_cause_and_the_whole_script_is_undone()
    {
        await File.WriteAllTextAsync(_script, "create table events (id bigint);\ncreate table summary (\n  n bigintt\n);");
        var message = await FailureAsync();

        Assert.Contains("Coordinator:Warehouse:DuckDb:SetupScript", message, StringComparison.Ordinal);
        Assert.Contains($"{_script} was not run: statement 2 of 2 (create table summary (): ", message, StringComparison.Ordinal);
        Assert.Contains("bigintt", message.Split(": ")[^1], StringComparison.Ordinal);
        Assert.Empty(await _bench.ReadAsync("select table_name from duckdb_tables()"));
    }

    [Fact]
    public async Task A_script_that_ends_the_transaction_is_refused_before_it_runs()
    {
        await File.WriteAllTextAsync(_script, "create table events (id bigint); commit; create table summary (n bigint)");

        Assert.Contains("Statement 2 is COMMIT", await FailureAsync(), StringComparison.Ordinal);
        Assert.Empty(await _bench.ReadAsync("select table_name from duckdb_tables()"));
    }

    [Fact]
    public async Task A_script_that_is_missing_is_named_by_its_whole_path()
    {
        File.Delete(_script);
        Assert.Contains($"{_script} was not run: Could not find file", await FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_script_nothing_is_opened()
    {
        await _bench.SetUpAsync("");
        Assert.Empty(await _bench.ReadAsync("select table_name from duckdb_tables()"));
    }

    private async Task<string> FailureAsync() =>
        (await Assert.ThrowsAsync<OptionsValidationException>(() => _bench.SetUpAsync(_script))).Failures.Single();
}
