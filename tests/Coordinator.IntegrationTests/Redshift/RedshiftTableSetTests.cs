using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.Intents;
using Coordinator.RedshiftSimulator;
using Coordinator.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>Redshift only: the tables of statements of every kind, by its own rules for names and for EXPLAIN.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RedshiftTableSetTests(PostgresFixture fixture) : RedshiftTestBase(fixture), IAsyncLifetime
{
    private const string Tables = """
        CREATE TABLE orders (id int, amount int); CREATE TABLE returns (id int, amount int); CREATE TABLE totals (id int, amount int);
        CREATE SCHEMA mart; CREATE TABLE mart.orders (id int, amount int); CREATE VIEW big_orders AS SELECT * FROM orders WHERE amount > 9;
        CREATE SCHEMA "partner.public"; CREATE TABLE "partner.public".orders (id int, amount int);
        CREATE TABLE "partner.public".loans (id int, amount int)
        """;

    private const string View = "Redshift does not say in which schemas the tables of view public.big_orders are";

    /// <summary>SQL, and for each statement <c>written &lt; read</c> and the doubt in parentheses, with <c>|</c> between statements.</summary>
    private static readonly (string Sql, string Found)[] Corpus =
    [
        // INSERT, UPDATE, DELETE.
        ("insert into totals values (1, 2), (3, 4)", "totals<"),
        ("insert into totals (select id, sum(amount) from orders group by id)", "totals<orders"),
        ("insert into totals with o as (select * from orders) select o.* from o join returns r on r.id = o.id", "totals<orders returns"),
        ("insert into totals select * from big_orders", $"totals< ({View}, the plan scans orders, which the statement does not name)"),
        ("update totals set amount = r.amount from returns r where r.id = totals.id", "totals<returns"),
        ("update totals set amount = 0 where id in (select id from mart.orders)", "totals<mart.orders"),
        ("delete from totals using orders, returns where orders.id = totals.id and returns.id = orders.id", "totals<orders returns"),
        ("with old as (select id from orders where amount < 0) delete from totals where id in (select id from old)", "totals<orders"),
        // MERGE.
        ("merge into totals using orders on totals.id = orders.id when matched then update set amount = orders.amount "
            + "when not matched then insert values (orders.id, orders.amount)", "totals<orders"),
        ("MERGE INTO mart.orders USING public.orders AS new ON mart.orders.id = new.id REMOVE DUPLICATES", "mart.orders<orders"),
        ("merge into totals using big_orders b on totals.id = b.id when matched then delete",
            $"totals< ({View}, the plan scans orders, which the statement does not name)"),
        ("merge into totals using (select o.* from orders o join returns r on r.id = o.id) s on totals.id = s.id when matched then delete",
            "totals<orders returns"),
        ("merge into totals using orders o on totals.id = o.id when matched then update set amount = (select max(amount) from returns)",
            "totals<orders (the plan does not scan public.returns, which the statement names, the sub-queries of a MERGE behind its ON are not "
            + "explained)"),
        ("create table #new as select * from orders; merge into totals using #new on totals.id = #new.id when matched then delete",
            "<orders|totals<"),
        ("merge totals", "< (MERGE has no USING … ON)"),
        // COPY and UNLOAD.
        ("copy totals (id, amount) from 's3://bucket/a;b/' iam_role default format as csv", "totals<"),
        ("COPY mart.orders FROM 's3://bucket/manifest' IAM_ROLE 'arn:aws:iam::0:role/r' MANIFEST GZIP", "mart.orders<"),
        ("create temp table stage (like totals); copy stage from 's3://bucket/x' iam_role default; insert into totals select * from stage",
            "<|<|totals<"),
        ("copy nowhere from 's3://bucket/x' iam_role default", "< (there is no table nowhere to write to)"),
        ("unload ('select * from orders where note = \\'a;b\\'') to 's3://bucket/x' iam_role default",
            "Rejected: column \"note\" does not exist"),
        ("unload ('select * from orders o join returns r on r.id = o.id where ''a;b'' <> ''''') to 's3://bucket/x' iam_role default",
            "<orders returns"),
        ("unload ($$ select * from mart.orders $$) to 's3://bucket/x' iam_role default parquet", "<mart.orders"),
        // What EXPLAIN does not take.
        ("call refresh_totals(1)", "< (CALL cannot be explained: Redshift does not say which tables a procedure touches)"),
        ("insert into totals values (1, 1); analyze totals",
            "totals<|< (ANALYZE cannot be explained; leave it out, because Redshift analyzes tables by itself)"),
        ("create table copied distkey(id) as select * from orders",
            "<orders (CREATE cannot be explained: the table that it makes is not there to be reserved)"),
        ("select * into copied from orders", "<orders (SELECT cannot be explained: the table that it makes is not there to be reserved)"),
        ("grant select on totals to public", "< (GRANT cannot be explained)"),
        // Refused, even if the tables are declared.
        ("delete from totals; truncate totals", "Rejected: Statement 2 is TRUNCATE"),
        ("vacuum totals", "Rejected: Statement 1 is VACUUM"),
        ("alter table totals append from orders", "Rejected: Statement 1 is ALTER TABLE APPEND"),
        ("use partner; insert into public.orders values (1, 1)", "Rejected: Statement 1 is USE"),
        // Temporary tables.
        ("create table #s (id int, amount int); insert into #s select * from orders; delete from totals using #s where #s.id = totals.id; "
            + "drop table #s", "<|<orders|totals<|<"),
        ("drop table if exists #s; create table #s as select * from orders; insert into totals select * from #s", "<|<orders|totals<"),
        ("drop table if exists s; create table #s as select * from orders", "< (DROP cannot be explained)|<orders"),
        ("select id, amount into #s from orders where amount > 0; insert into totals select * from #S", "<orders|totals<"),
        ("create temp table orders as select * from returns; insert into totals select * from orders", "<returns|totals<"),
        // Names.
        ("insert into \"TOTALS\" select \"ID\", amount from \"Mart\".\"Orders\"", "totals<mart.orders"),
        ("insert into totals select public.orders.id, 1 from public.orders", "totals<orders"),
        ("set search_path to mart; insert into public.totals select * from orders", "<|totals<mart.orders"),
        ("set enable_case_sensitive_identifier to true; insert into \"TOTALS\" values (1, 1)",
            "Rejected: Statement 2: relation \"TOTALS\" does not exist"),
        // Other databases.
        ("insert into totals select * from partner.public.orders", "totals<"),
        ("insert into totals select l.* from partner.public.loans l join orders o on o.id = l.id", "totals<orders"),
        ("insert into partner.public.orders select * from orders",
            "Rejected: Statement 1 writes partner.public.orders, a table of database partner"),
        ("grant select on totals to public; delete from partner.public.orders", "Rejected: Statement 2 writes partner.public.orders"),
    ];

    private SimulatedRedshift _redshift = null!;
    private ServiceProvider _services = null!;

    private IWarehouse Warehouse => _services.GetRequiredService<IWarehouse>();

    public async Task InitializeAsync()
    {
        _redshift = await StartAsync(IsolationLevel.Snapshot, static options =>
            options with { SharedDatabases = new HashSet<string>(["partner"]), AutomaticViewOf = "orders" });
        await _redshift.RunBehindAsync(Tables);
        _services = Services(_redshift);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _redshift.DisposeAsync();
    }

    [Fact]
    public async Task The_tables_of_every_kind_of_statement_are_found_or_in_doubt()
    {
        var wrong = new List<string>();
        foreach (var (sql, expected) in Corpus)
        {
            var found = await FoundAsync(sql);
            var agrees = expected.StartsWith("Rejected", StringComparison.Ordinal)
                ? found.StartsWith(expected, StringComparison.Ordinal)
                : found == expected;
            if (!agrees)
                wrong.Add($"{sql}\n    expected {expected}\n    found    {found}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_local_table_of_three_parts_is_the_local_table()
    {
        var database = await _redshift.AskBehindAsync("SELECT current_database()");
        Assert.Equal("totals<orders", await FoundAsync($"insert into {database}.public.totals select * from {database}.public.orders"));
    }

    /// <summary>Only what needs no table to be found: the declaration has them.</summary>
    [Theory]
    [InlineData("call refresh_totals(1)", "totals", "orders")]
    [InlineData("merge into totals using orders o on totals.id = o.id when matched then update set amount = (select max(amount) from returns)",
        "totals", "orders returns")]
    [InlineData("insert into totals select * from big_orders", "totals", "orders")]
    [InlineData("create table copied as select * from orders; insert into totals select * from copied", "totals", "orders")]
    public async Task A_declared_update_does_not_fail_because_its_tables_cannot_be_found(string sql, string writes, string reads)
    {
        var found = await Warehouse.FindTablesAsync(sql, default);
        var declared = Intent(sql).WithTables([TableName.Parse(writes)], [.. reads.Split(' ').Select(TableName.Parse)]);
        Assert.Null(TableSetCheck.Of(declared, found).Rejection);
        Assert.Contains("The tables of this update cannot be found for certain", TableSetCheck.Of(Intent(sql), found).Rejection,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_automatic_materialized_view_does_not_hide_the_tables_of_an_update()
    {
        Assert.Contains("mv_tbl__auto_mv_1__0", (string)(await _redshift.AskAsync("EXPLAIN SELECT * FROM orders"))!, StringComparison.Ordinal);
        Assert.Equal("totals<orders", await FoundAsync("insert into totals select * from orders"));
    }

    [Fact]
    public async Task A_merge_from_a_temporary_table_of_a_number_sign_runs()
    {
        await _redshift.RunBehindAsync("INSERT INTO orders VALUES (1, 5), (2, 6); INSERT INTO totals VALUES (1, 0)");
        var intent = Intent("""
            select * into #new from "Orders";
            merge into totals using #new n on totals.id = n.id
            when matched then update set amount = n.amount when not matched then insert values (n.id, n.amount)
            """);
        var result = await Warehouse.ExecuteAsync(Run(intent, "totals", "orders"), default);
        Assert.Equal(2, result.RowsAffected);
        Assert.Equal(11L, await _redshift.AskBehindAsync("SELECT sum(amount) FROM totals"));
    }

    [Fact]
    public async Task A_declared_call_runs_in_a_session_without_automatic_materialized_views()
    {
        await _redshift.RunBehindAsync("CREATE PROCEDURE refresh_totals(n int) LANGUAGE sql AS 'INSERT INTO totals SELECT id, $1 FROM orders'; "
            + "INSERT INTO orders VALUES (1, 5), (2, 6)");
        await Warehouse.ExecuteAsync(Run(Intent("call refresh_totals(7)"), "totals", "orders"), default);
        Assert.Equal(14L, await _redshift.AskBehindAsync("SELECT sum(amount) FROM totals"));
        var log = _redshift.Server.Log.ToList();
        Assert.InRange(log.FindIndex(static sql => sql == "SET simulator.mv_enable_aqmv_for_session = 'off'"), 0,
            log.FindIndex(static sql => sql.StartsWith("call", StringComparison.Ordinal)));
    }

    private static UpdateRun Run(UpdateIntent intent, string writes, string reads) => new()
    {
        Intent = intent.WithTables([TableName.Parse(writes)], [TableName.Parse(reads)]),
        BatchId = Guid.NewGuid(),
        Activation = new("activation1"),
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    private static UpdateIntent Intent(string sql) => new() { Id = new IntentId(Guid.NewGuid(), 1), Sql = sql };

    private async Task<string> FoundAsync(string sql)
    {
        try
        {
            var found = await Warehouse.FindTablesAsync(sql, default);
            Assert.Equal(SqlText.Split(sql, SqlDialect.Redshift).Count, found.Count);
            return string.Join('|', found.Select(Text));
        }
        catch (WarehouseException e)
        {
            return $"{e.Kind}: {e.Message}";
        }
    }

    private static string Text(StatementTables tables) =>
        $"{Text(tables.Writes)}<{Text(tables.Reads)}{(tables.Doubt is { } doubt ? $" ({doubt})" : "")}";

    private static string Text(IEnumerable<TableName> tables) =>
        string.Join(' ', tables.Order().Select(static t => t.Schema == TableName.DefaultSchema ? t.Table : t.ToString()));
}
