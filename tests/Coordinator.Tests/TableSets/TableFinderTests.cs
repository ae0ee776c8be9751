using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Tests.TableSets;

public sealed class TableFinderTests : IStatementExplainer
{
    private readonly List<string> _prepared = [];

    [Fact]
    public async Task Statements_are_explained_each_for_itself()
    {
        var found = await FindAsync("insert into a select 1; select * from b");
        Assert.Equal([(1, "insert into a select 1"), (2, "select * from b")], found.Select(static f => (f.Statement, f.Reads[0].Table)));
        Assert.Empty(_prepared);
    }

    [Fact]
    public async Task A_temporary_table_is_made_empty_so_that_what_reads_it_can_be_explained()
    {
        var found = await FindAsync(
            "create temp table t as select * from a; insert into b select * from t; drop table t; create temp table t (id int)");
        Assert.All(found, static f => Assert.Null(f.Doubt));
        Assert.Equal(["create temp table t as select * from a\nWITH NO DATA", "drop table t", "create temp table t (id int)"], _prepared);
    }

    [Fact]
    public async Task Dropping_any_other_table_is_in_doubt()
    {
        var found = await FindAsync("drop table if exists t; create temp table t (id int); drop table t, u");
        Assert.Equal(["DROP cannot be explained", null, "DROP cannot be explained"], found.Select(static f => f.Doubt));
        Assert.Equal(["create temp table t (id int)"], _prepared);
    }

    [Fact]
    public async Task What_fails_after_a_statement_that_could_not_be_explained_is_in_doubt_too()
    {
        var found = await FindAsync("create table t (id int); insert into t values (1); fail()");
        Assert.Equal(["CREATE cannot be explained", null, "FAIL cannot be explained"], found.Select(static f => f.Doubt));
        found = await FindAsync("create table t (id int); insert into broken values (1)");
        Assert.Equal("it cannot be explained before statement 1 has run: there is no broken", found[1].Doubt);
    }

    [Fact]
    public async Task What_fills_a_new_table_is_read_and_the_table_itself_is_in_doubt()
    {
        var found = await FindAsync("create table t as select * from a");
        Assert.Equal("create table t as select * from a", Assert.Single(found[0].Reads).Table);
        Assert.Equal("CREATE cannot be explained: the table that it makes is not there to be reserved", found[0].Doubt);
    }

    [Fact]
    public async Task What_cannot_be_explained_may_be_read_from_its_text()
    {
        var found = await FindAsync("copy a from 's3://b/c'; copy ledger from 's3://b/c'; grant all on a to b");
        Assert.Equal(["public.a<", "coordinator.x<", "<GRANT cannot be explained"],
            found.Select(static f => $"{string.Join(' ', f.Writes)}<{f.Doubt}"));
    }

    [Fact]
    public async Task What_fails_for_itself_is_rejected() =>
        Assert.Equal(FailureKind.Rejected,
            (await Assert.ThrowsAsync<WarehouseException>(() => FindAsync("insert into a select 1; insert into broken values (1)"))).Kind);

    [Fact]
    public async Task Settings_are_made_before_what_follows_is_explained()
    {
        await FindAsync("set search_path = s; insert into a select 1");
        Assert.Equal(["set search_path = s"], _prepared);
    }

    [Fact]
    public async Task Ledgers_are_never_reserved()
    {
        var found = await FindAsync("insert into a select 1 from ledger; insert into a select 1 from membership");
        Assert.Equal(["it touches schema coordinator, where the ledgers are", "it reads coordinator_cluster.x, which cannot be reserved"],
            found.Select(static f => f.Doubt));
        Assert.Equal(["insert into a select 1 from ledger", "insert into a select 1 from membership"],
            found.Select(static f => f.Reads.Single().Table));
    }

    [Fact]
    public async Task That_a_ledger_is_written_stays_said()
    {
        var found = await FindAsync("insert into ledger select 1");
        Assert.Equal("coordinator.x", Assert.Single(found[0].Writes).ToString());
        Assert.Null(found[0].Doubt);
    }

    Task<StatementTables> IStatementExplainer.ExplainAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken)
    {
        if (statement.Text.Contains("broken", StringComparison.Ordinal)) throw new WarehouseException(FailureKind.Rejected, "there is no broken");
        TableName[] writes = statement.Text.Contains("into ledger", StringComparison.Ordinal) ? [new TableName("coordinator", "x")] : [];
        var reads = new List<TableName> { new("public", statement.Text) };
        if (statement.Text.Contains("from ledger", StringComparison.Ordinal)) reads.Add(new TableName("coordinator", "x"));
        if (statement.Text.Contains("from membership", StringComparison.Ordinal)) reads.Add(new TableName("coordinator_cluster", "x"));
        return Task.FromResult(new StatementTables(ordinal, writes, reads));
    }

    Task<StatementTables?> IStatementExplainer.ReadAsync(SqlStatement statement, int ordinal, CancellationToken cancellationToken) =>
        Task.FromResult<StatementTables?>(statement.Verb == "COPY"
            ? new StatementTables(ordinal, [statement.Tokens[1].IsWord("ledger") ? new("coordinator", "x") : new("public", "a")], [])
            : null);

    Task IStatementExplainer.PrepareAsync(StatementKind kind, string sql, CancellationToken cancellationToken)
    {
        _prepared.Add(sql);
        return Task.CompletedTask;
    }

    private Task<IReadOnlyList<StatementTables>> FindAsync(string sql) => TableFinder.FindAsync(SqlText.Split(sql), this, CancellationToken.None);
}
