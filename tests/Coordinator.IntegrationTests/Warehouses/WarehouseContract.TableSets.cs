using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Warehouses;

public abstract partial class WarehouseContract
{
    private const string Tables = """
        CREATE TABLE a (id int PRIMARY KEY, n int); CREATE TABLE b (id int PRIMARY KEY, n int); CREATE TABLE c (id int, n int);
        CREATE SCHEMA s; CREATE TABLE s.a (id int, n int); CREATE TABLE s."Mixed Case" ("Id" int); CREATE TABLE "Upper" (id int);
        CREATE VIEW v AS SELECT * FROM b WHERE n > 0; CREATE VIEW s.w AS SELECT v.id, c.n FROM v JOIN c ON c.id = v.id
        """;

    /// <summary>SQL, and for each statement <c>written &lt; read</c>, with <c>|</c> between statements. Names without a schema are in
    /// public.</summary>
    private static readonly (string Sql, string Tables)[] Corpus =
    [
        ("insert into a values (1, 2)", "a<"),
        ("insert into a select * from b", "a<b"),
        ("INSERT INTO A SELECT * FROM B", "a<b"),
        ("insert into \"a\" select * from \"public\".\"b\"", "a<b"),
        ("insert into a (id, n) select id, n from b where n > (select max(n) from c)", "a<b c"),
        ("insert into a select * from a", "a<"),
        ("insert into a select b.* from b join c on b.id = c.id", "a<b c"),
        ("insert into c select c.* from c left join b on c.id = b.id", "c<b"),
        ("insert into a select * from b where false", "a<b"),
        ("insert into a select id, n from b union all select id, n from c", "a<b c"),
        ("insert into a select id, n from b except select id, n from c", "a<b c"),
        ("insert into a select * from v", "a<b"),
        ("insert into a select id, n from s.w", "a<b c"),
        ("insert into s.a select * from public.a", "s.a<a"),
        ("insert into s.\"Mixed Case\" select id from \"Upper\"", "s.\"Mixed Case\"<\"Upper\""),
        ("insert into a select \"Id\", 1 from S.\"Mixed Case\"", "a<s.\"Mixed Case\""),
        ("insert into a values (1, (select count(*) from b))", "a<b"),
        ("insert into a select * from b on conflict do nothing", "a<b"),
        ("insert into a select * from b on conflict (id) do update set n = excluded.n", "a<b"),
        ("insert into a select * from b returning id", "a<b"),
        ("insert into a table b", "a<b"),
        ("insert into a select x.id, x.n from (select * from b) x", "a<b"),
        ("insert into a select * from b where exists (select 1 from c where c.id = b.id)", "a<b c"),
        ("insert into a select * from b where id in (select id from c)", "a<b c"),
        ("insert into a select * from b where n > all (select n from s.a)", "a<b s.a"),
        ("insert into a select b.id, l.n from b, lateral (select max(c.n) as n from c where c.id = b.id) l", "a<b c"),
        ("insert into a select id, row_number() over (order by n) from b", "a<b"),
        ("insert into a select id, case when n > 0 then (select min(n) from c) else 0 end from b", "a<b c"),
        ("with x as (select * from b) insert into a select * from x", "a<b"),
        ("with x as (select * from b), y as (select x.* from x join c on c.id = x.id) insert into a select * from y", "a<b c"),
        ("with a as (select * from b) insert into c select * from a", "c<b"),
        ("with recursive r(id, n) as (select id, n from b union all select id + 1, n from r where id < 3) insert into a select * from r", "a<b"),
        ("update a set n = 1", "a<"),
        ("update a set n = b.n from b where b.id = a.id", "a<b"),
        ("update a set n = (select max(n) from b) where id in (select id from c)", "a<b c"),
        ("update a as x set n = y.n from a as y where y.id = x.id", "a<"),
        ("update s.a as t set n = v.n from v where v.id = t.id", "s.a<b"),
        ("with x as (select id from b) update a set n = 0 where id in (select id from x)", "a<b"),
        ("delete from a", "a<"),
        ("delete from a using b where b.id = a.id", "a<b"),
        ("delete from a using b, c where b.id = a.id and c.id = b.id", "a<b c"),
        ("delete from a where id not in (select id from v)", "a<b"),
        ("delete from \"Upper\" where id = 1", "\"Upper\"<"),
        ("with x as (select id from b) delete from a where id in (select id from x)", "a<b"),
        ("merge into a using b on a.id = b.id when matched then update set n = b.n when not matched then insert values (b.id, b.n)", "a<b"),
        ("merge into a using (select * from v) x on a.id = x.id when matched then delete", "a<b"),
        ("merge into s.a as t using (select b.* from b join c on c.id = b.id) x on t.id = x.id when not matched then insert (id, n) values (x.id, "
            + "x.n)", "s.a<b c"),
        ("with x as (select * from b) merge into a using x on a.id = x.id when matched then update set n = x.n", "a<b"),
        ("select * from b", "<b"),
        ("select 1", "<"),
        ("values (1)", "<"),
        ("table b", "<b"),
        ("(select id from b) union (select id from c)", "<b c"),
        ("delete from a; insert into a select * from b;", "a<|a<b"),
        ("insert into a select * from b -- ; delete from c\n; /* ; */ update a set n = 2", "a<b|a<"),
        ("set search_path = 's'; insert into a select * from public.b", "<|s.a<b"),
        ("create temp table stage as select * from v; merge into a using stage on a.id = stage.id when matched then update set n = stage.n", "<b|a<"),
        ("create temp table stage (id int, n int); insert into stage select * from b; insert into a select * from stage; drop table stage",
            "<|<b|a<|<"),
        ("create temp table a as select * from v; insert into c select * from a", "<b|c<"),
    ];

    [Fact]
    public async Task The_tables_of_a_statement_are_found_without_running_it()
    {
        await RunAsync(Tables);
        await RunAsync("INSERT INTO a VALUES (7, 7)");
        var wrong = new List<string>();
        foreach (var (sql, expected) in Corpus)
        {
            var found = await FoundAsync(sql);
            if (!Agrees(sql, expected, found)) wrong.Add($"{sql}\n    expected {expected}\n    found    {found}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(Corpus.Length >= 40);
        Assert.Equal(7, await CountAsync("SELECT sum(id) FROM a"));
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM c"));
    }

    [Theory]
    [InlineData("create table x as select * from b", "CREATE cannot be explained")]
    [InlineData("drop table a", "DROP cannot be explained")]
    [InlineData("alter table a add column z int", "ALTER cannot be explained")]
    [InlineData("call p()", "CALL cannot be explained")]
    [InlineData("insert into a select * from b; create table x (id int); insert into x select id from b",
        "it cannot be explained before statement 2 has run")]
    [InlineData("insert into a select count(*), 1 from coordinator.\"public.b\"", "it touches schema coordinator")]
    public async Task What_cannot_be_explained_says_so(string sql, string doubt)
    {
        await RunAsync(Tables);
        await Warehouse.OpenAsync(TableName.Parse("b"), Token);
        var found = await Warehouse.FindTablesAsync(sql, Token);
        Assert.Contains(doubt, found[^1].Doubt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete from coordinator.\"public.b\"", "coordinator.\"public.b\"<")]
    [InlineData("set search_path = 'coordinator'; delete from \"public.b\"", "<|coordinator.\"public.b\"<")]
    public async Task That_a_ledger_is_written_is_found(string sql, string expected)
    {
        await RunAsync(Tables);
        await Warehouse.OpenAsync(TableName.Parse("b"), Token);
        Assert.Equal(expected, await FoundAsync(sql));
    }

    [Fact]
    public async Task What_fills_a_new_table_is_read()
    {
        await RunAsync(Tables);
        Assert.Equal("<b (CREATE cannot be explained: the table that it makes is not there to be reserved)",
            await FoundAsync("create table x as select * from b"));
        Assert.StartsWith(SelectIntoFound, await FoundAsync("select * into x from b"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TRUNCATE_cannot_be_explained()
    {
        await RunAsync(Tables);
        Assert.Equal(TruncateFound, await FoundAsync("truncate a"));
    }

    [Theory]
    [InlineData("insert into nowhere values (1)", "nowhere")]
    [InlineData("insert into a select nothing from b", "nothing")]
    [InlineData("selec 1; insert into a values (1, 2) nonsense", "nonsense")]
    [InlineData("insert into a values (1, 'never closed)", "")]
    public async Task A_statement_that_the_warehouse_refuses_is_rejected_before_it_runs(string sql, string mention)
    {
        await RunAsync(Tables);
        try
        {
            var found = await Warehouse.FindTablesAsync(sql, Token);
            // After an unknown statement the rest cannot be judged: it may have created what the next one needs.
            Assert.Contains(mention, found[^1].Doubt, StringComparison.Ordinal);
        }
        catch (WarehouseException e)
        {
            Assert.Equal(FailureKind.Rejected, e.Kind);
            Assert.Contains(mention, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_statement_s_rows_are_counted()
    {
        await RunAsync(Tables);
        await RunAsync("INSERT INTO b VALUES (1, 1), (2, 2), (3, 3)");
        var result = await Warehouse.ExecuteAsync(
            Run(
                """
                create temp table stage (id int, n int); -- ';
                insert into stage select * from b /* ; /* ; */ */ where n <> 2;
                merge into a using stage on a.id = stage.id when not matched then insert values (stage.id, stage.n);
                insert into c values (1, length('a;''b')), (2, length($q$;'$q$));
                update c set n = n where id < 0;
                delete from b where id = 3
                """,
                NewId(),
                TableName.Parse("a"),
                TableName.Parse("b"),
                TableName.Parse("c")),
            Token);
        Assert.Equal([0, 2, 2, 2, 0, 1], result.StatementRows);
        Assert.Equal(7, result.RowsAffected);
        Assert.Equal(4, await CountAsync("SELECT sum(id) FROM a"));
        Assert.Equal(6, await CountAsync("SELECT sum(n) FROM c"));
    }

    [Fact]
    public async Task What_fails_says_which_statement_it_was()
    {
        await RunAsync(Tables);
        await RunAsync("INSERT INTO b VALUES (1, 1), (2, 2)");
        const string Sql = "insert into c values (1, 1); insert into a select 1, n from b";
        Assert.Equal("c<|a<b", await FoundAsync(Sql));
        var failure = await FailsAsync(FailureKind.Rejected, () =>
            Warehouse.ExecuteAsync(Run(Sql, NewId(), TableName.Parse("a"), TableName.Parse("c")), Token));
        Assert.StartsWith("Statement 2: ", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Rejected: Statement 2: ", await FoundAsync("insert into c values (1, 1); insert into nowhere values (1)"),
            StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM c"));
    }

    [Fact]
    public async Task An_update_may_make_the_same_temporary_table_every_time()
    {
        await RunAsync(Tables);
        const string Sql = "create temp table stage as select 1 as id; insert into c select id, id from stage";
        await Warehouse.ExecuteAsync(Run(Sql, NewId(), TableName.Parse("c")), Token);
        await Warehouse.FindTablesAsync(Sql, Token);
        await Warehouse.ExecuteAsync(Run(Sql, NewId(), TableName.Parse("c")), Token);
        Assert.Equal(2, await CountAsync("SELECT count(*) FROM c"));
    }

    /// <summary>The result for <c>truncate a</c>.</summary>
    protected virtual string TruncateFound => "< (TRUNCATE cannot be explained)";

    /// <summary>How the result for <c>select * into x from b</c> begins.</summary>
    protected virtual string SelectIntoFound => "<b (SELECT cannot be explained: ";

    /// <summary>Whether the found tables agree with the corpus, as far as this back end can resolve them.</summary>
    protected virtual bool Agrees(string sql, string expected, string found) => found == expected;

    protected async Task<string> FoundAsync(string sql)
    {
        try
        {
            return string.Join('|', (await Warehouse.FindTablesAsync(sql, Token)).Select(Text));
        }
        catch (WarehouseException e)
        {
            return $"{e.Kind}: {e.Message}";
        }
    }

    private static string Text(StatementTables tables) =>
        $"{Text(tables.Writes)}<{Text(tables.Reads)}{(tables.Doubt is { } doubt ? $" ({doubt})" : "")}";

    private static string Text(IEnumerable<TableName> tables) =>
        string.Join(' ', tables.Order().Select(static t => t.Schema == TableName.DefaultSchema ? IdentifierText.Quote(t.Table) : t.ToString()));
}
