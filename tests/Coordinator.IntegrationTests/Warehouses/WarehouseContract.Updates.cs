using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Warehouses;

public abstract partial class WarehouseContract
{
    private static readonly TableName Summary = TableName.Parse("summary");

    [Fact]
    public async Task An_update_runs_once()
    {
        await OpenSummaryAsync();
        var run = Run("INSERT INTO summary SELECT count(*) FROM events", NewId(), Summary);
        var first = await Warehouse.ExecuteAsync(run, Token);
        Assert.Null(first.Already);
        Assert.Equal(1, first.RowsAffected);
        var second = await Warehouse.ExecuteAsync(run with { BatchId = Guid.NewGuid() }, Token);
        Assert.Equal(run.BatchId, second.Already!.BatchId);
        Assert.Equal(1, second.RowsAffected);
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM summary"));
    }

    [Fact]
    public async Task An_update_may_be_several_statements_that_commit_together()
    {
        await OpenSummaryAsync();
        var result = await Warehouse.ExecuteAsync(
            Run("DELETE FROM summary; INSERT INTO summary VALUES (1), (2); UPDATE summary SET total = total + 1", NewId(), Summary), Token);
        Assert.Equal(4, result.RowsAffected);
        Assert.Equal(5, await CountAsync("SELECT sum(total) FROM summary"));
    }

    [Fact]
    public async Task An_update_is_in_the_ledger_of_every_table_it_writes()
    {
        await OpenSummaryAsync();
        await OpenEventsAsync("others");
        var id = NewId();
        var run = Run("INSERT INTO summary VALUES (1); INSERT INTO others VALUES (1, 'a')", id, Summary, TableName.Parse("others"));
        await Warehouse.ExecuteAsync(run, Token);
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM {LedgerOf(Summary)}"));
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM {LedgerOf(TableName.Parse("others"))}"));
        Assert.Equal(run.BatchId, (await Search.FindAsync(id, Token))!.Receipt.BatchId);
        Assert.NotNull((await Warehouse.ExecuteAsync(run, Token)).Already);
    }

    [Fact]
    public async Task A_failing_statement_rejects_the_update_and_leaves_nothing()
    {
        await OpenSummaryAsync();
        await FailsAsync(FailureKind.Rejected, () =>
            Warehouse.ExecuteAsync(Run("INSERT INTO summary VALUES (1); INSERT INTO nowhere VALUES (1)", NewId(), Summary), Token));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM summary"));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM {LedgerOf(Summary)}"));
    }

    [Fact]
    public async Task An_update_of_an_unknown_table_is_rejected()
    {
        await OpenSummaryAsync();
        var failure = await FailsAsync(FailureKind.Rejected, () =>
            Warehouse.ExecuteAsync(Run("SELECT 1", NewId(), TableName.Parse("sumary")), Token));
        Assert.Contains("public.summary", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_without_its_turn_leaves_nothing()
    {
        await OpenSummaryAsync();
        var run = Run("INSERT INTO summary VALUES (1)", NewId(), Summary) with { MayCommit = static _ => ValueTask.FromResult(false) };
        await FailsAsync(FailureKind.TurnLost, () => Warehouse.ExecuteAsync(run, Token));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM summary"));
    }

    [Fact]
    public async Task An_update_and_an_insert_of_one_table_that_overlap_conflict()
    {
        var schema = await OpenEventsAsync();
        var gate = new CommitGate();
        var update = Warehouse.ExecuteAsync(Run("UPDATE events SET name = 'x'", NewId(), Events) with { MayCommit = gate.Check }, Token);
        await gate.Reached;
        var failure = await FailsAsync(FailureKind.Conflict, () => Warehouse.CommitAsync(Batch(schema, Intent(Events, NewId(), EventRows())), Token));
        Assert.True(failure.IsOverlap);
        gate.Open();
        await update;
    }

    [Theory]
    [InlineData("INSERT INTO summary VALUES (1); COMMIT; SELECT 1/0", "Statement 2 is COMMIT")]
    [InlineData("INSERT INTO summary VALUES (1); commit; begin", "Statement 2 is COMMIT")]
    [InlineData("rollback /* ; */ work; INSERT INTO summary VALUES (1)", "Statement 1 is ROLLBACK")]
    [InlineData("INSERT INTO summary VALUES (1) -- one line\r; END; SELECT 1 --\n", "Statement 2 is END")]
    [InlineData("INSERT INTO summary VALUES (1);\u00a0Abort", "Statement 2 is ABORT")]
    [InlineData("Start Transaction; INSERT INTO summary VALUES (1)", "Statement 1 is START TRANSACTION")]
    [InlineData("INSERT INTO summary VALUES (1); explain analyze commit", "Statement 2 is COMMIT")]
    [InlineData("INSERT INTO summary VALUES (length('\\')); commit; --'", "Statement 2 is COMMIT")]
    [InlineData("INSERT INTO summary VALUES (1); prepare transaction 'x'", "Statement 2 is PREPARE TRANSACTION")]
    [InlineData("do $$ begin INSERT INTO summary VALUES (1); commit; end $$", "Statement 1 is DO with COMMIT")]
    public async Task Sql_that_begins_or_ends_a_transaction_is_refused_before_anything_runs(string sql, string reason)
    {
        await OpenSummaryAsync();
        var failure = await FailsAsync(FailureKind.Rejected, () => Warehouse.ExecuteAsync(Run(sql, NewId(), Summary), Token));
        Assert.StartsWith(reason, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Leave BEGIN, COMMIT and ROLLBACK to the coordinator.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM summary"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM information_schema.tables WHERE table_name = 'public.summary'"));
    }

    [Fact]
    public async Task A_column_a_table_and_a_text_may_be_called_like_what_ends_a_transaction()
    {
        await RunAsync("CREATE TABLE \"end\" (\"commit\" bigint, name varchar(40))");
        var table = TableName.Parse("\"end\"");
        var result = await Warehouse.ExecuteAsync(
            Run("INSERT INTO \"end\" VALUES (CASE WHEN 1 = 1 THEN 1 END, '; commit;'); UPDATE \"end\" SET \"commit\" = \"commit\" + 1 -- ; rollback",
                NewId(), table), Token);
        Assert.Equal([1, 1], result.StatementRows);
        Assert.Equal(2, await CountAsync("SELECT sum(\"commit\") FROM \"end\" WHERE name = '; commit;'"));
    }

    [Theory]
    [InlineData("coordinator.\"public.summary\"")]
    [InlineData("\"Coordinator\".\"public.summary\"")]
    [InlineData("pg_catalog.pg_class")]
    [InlineData("information_schema.tables")]
    public async Task A_protected_table_gets_no_ledger_and_no_update(string name)
    {
        await OpenSummaryAsync();
        await Warehouse.OpenAsync(Summary, Token);
        var table = TableName.Parse(name);
        Assert.Equal(ProtectedSchemas.Refusal(table), (await FailsAsync(FailureKind.Rejected, () => Warehouse.OpenAsync(table, Token))).Message);
        var failure = await FailsAsync(FailureKind.Rejected, () =>
            Warehouse.ExecuteAsync(Run("INSERT INTO summary VALUES (1)", NewId(), Summary, table), Token));
        Assert.Equal(ProtectedSchemas.Refusal(table), failure.Message);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM summary"));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM information_schema.tables WHERE table_name = '{table}'"));
    }

    [Theory]
    [InlineData("INSERT INTO summary VALUES (1); DELETE FROM Coordinator.\"public.summary\"")]
    [InlineData("INSERT INTO summary VALUES (1); DROP TABLE coordinator.\"public.summary\"")]
    [InlineData("INSERT INTO summary VALUES (1); DROP SCHEMA coordinator CASCADE")]
    [InlineData("INSERT INTO summary VALUES (1); SET search_path = coordinator; DELETE FROM \"public.summary\"")]
    public async Task An_update_of_a_ledger_is_refused_before_anything_runs(string sql)
    {
        await OpenSummaryAsync();
        await Warehouse.ExecuteAsync(Run("INSERT INTO summary VALUES (1)", NewId(), Summary), Token);
        var failure = await FailsAsync(FailureKind.Rejected, () => Warehouse.ExecuteAsync(Run(sql, NewId(), Summary), Token));
        Assert.StartsWith("Statement 2 is ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("schema coordinator holds the ledgers", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM summary"));
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM {LedgerOf(Summary)}"));
    }

    [Fact]
    public async Task A_ledger_may_be_read()
    {
        await OpenSummaryAsync();
        await Warehouse.ExecuteAsync(Run("INSERT INTO summary VALUES (1)", NewId(), Summary), Token);
        await Warehouse.ExecuteAsync(
            Run($"INSERT INTO summary SELECT 10 * count(*) FROM {LedgerOf(Summary)}; SELECT * FROM {LedgerOf(Summary)}", NewId(), Summary), Token);
        Assert.Equal(11, await CountAsync("SELECT sum(total) FROM summary"));
    }

    private async Task OpenSummaryAsync()
    {
        await OpenEventsAsync();
        await RunAsync("CREATE TABLE summary (total bigint)");
    }
}
