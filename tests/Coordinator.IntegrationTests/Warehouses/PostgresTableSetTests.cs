using Coordinator.Core.Warehouses;
using Npgsql;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>PostgreSQL only: functions, triggers, rules, cascades, partitions.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresTableSetTests(PostgresFixture fixture) : IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    private static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public async Task InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync(fixture.Server);
        await _database.RunAsync(
            """
            CREATE TABLE a (id int PRIMARY KEY, n int); CREATE TABLE b (id int PRIMARY KEY, n int); CREATE TABLE c (id int PRIMARY KEY, n int);
            CREATE FUNCTION looks(i int) RETURNS int LANGUAGE plpgsql VOLATILE AS $$BEGIN RETURN (SELECT max(n) FROM c WHERE id = i); END$$;
            CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql IMMUTABLE AS $$SELECT 2 * i$$;
            """);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    // One statement may write several tables.
    [InlineData("", "with gone as (delete from b returning *) insert into a select * from gone", "public.a public.b<")]
    [InlineData("", "with gone as (delete from b returning *) select * from gone", "public.b<")]
    // Tables that the planner removes from the plan are found too.
    [InlineData("", "insert into a select c.* from c left join b on b.id = c.id where c.id = 1 and now() < '2000-01-01'",
        "public.a<public.b public.c")]
    [InlineData("", "with unused as (select * from c) insert into a select * from b", "public.a<public.b public.c")]
    [InlineData("", "select * from b for update", "<public.b")]
    // Writes through views, and rules.
    [InlineData("create view v as select * from b", "insert into v select * from c", "public.b<public.c")]
    [InlineData("create view v as select * from b; create rule r as on insert to v do instead insert into a values (new.id, new.n)",
        "insert into v select * from c", "public.a<public.c")]
    [InlineData("create rule r as on delete to b do also delete from c where c.id = old.id", "delete from b", "public.b public.c<")]
    [InlineData("create materialized view m as select * from b", "insert into a select * from m", "public.a<public.m")]
    // Partitions count as their root; child tables of INHERITS are separate tables.
    [InlineData("create table p (id int, n int) partition by range (id); create table p1 partition of p for values from (0) to (10)",
        "insert into p select * from b", "public.p<public.b")]
    [InlineData("create table p (id int, n int) partition by range (id); create table p1 partition of p for values from (0) to (10)",
        "delete from p where id = 99", "public.p<")]
    [InlineData("create table p (id int, n int) partition by range (id); create table p1 partition of p for values from (0) to (10)",
        "insert into a select * from p1", "public.a<public.p")]
    [InlineData("create table heir (x int) inherits (b)", "update b set n = 1", "public.b public.heir<")]
    // Reads of the catalog are left out. Writes to it are reported, and so are writes to a ledger behind a view.
    [InlineData("", "update pg_class set relname = 'x' where false", "pg_catalog.pg_class<")]
    [InlineData("", "insert into a select 1, 1; delete from pg_catalog.pg_description", "public.a<|pg_catalog.pg_description<")]
    [InlineData("", "delete from information_schema.sql_features", "information_schema.sql_features<")]
    [InlineData("create schema coordinator; create table coordinator.x (id int, n int); create view v as select * from coordinator.x",
        "insert into v select * from b", "coordinator.x<public.b")]
    // Temporary and system tables are not reserved.
    [InlineData("", "insert into a select oid::int, 1 from pg_class", "public.a<")]
    [InlineData("", "create temp table t (like a); insert into t select * from b; update a set n = t.n from t where t.id = a.id",
        "<|<public.a public.b|public.a<")]
    [InlineData("", "select * into temp t from b; insert into a select * from t", "<public.b|public.a<public.b")]
    [InlineData("create schema s; create table s.a (id int)", "set local search_path = s, public; insert into a select id from b", "<|s.a<public.b")]
    // Functions: an immutable function reads no table.
    [InlineData("", "insert into a select twice(id), n from b", "public.a<public.b")]
    [InlineData("", "insert into a select looks(id), n from b", "public.a<public.b (function public.looks may touch tables)")]
    [InlineData("", "insert into a select id, n from b where looks(1) > 0 and false", "public.a<public.b (function public.looks may touch tables)")]
    [InlineData("create view v as select looks(id) as id, n from b", "insert into a select * from v",
        "public.a<public.b (function public.looks may touch tables)")]
    [InlineData("alter table a alter n set default looks(1)", "insert into a (id) select id from b",
        "public.a<public.b (function public.looks may touch tables)")]
    [InlineData("alter table a add check (looks(id) > 0)", "insert into a select * from b",
        "public.a<public.b (function public.looks in constraint a_id_check may touch tables)")]
    [InlineData("create function rows() returns setof c language sql stable as 'select * from c'", "insert into a select * from rows()",
        "public.a<public.c (function public.rows may touch tables)")]
    [InlineData("", "insert into a select 1, length(query_to_xml('select * from c', true, true, '')::text)",
        "public.a< (function query_to_xml may touch tables)")]
    [InlineData("", "select set_config('search_path', 's', true)", "< (function set_config may touch tables)")]
    // Triggers and cascades, on partitions too.
    [InlineData("create function t() returns trigger language plpgsql as 'begin return new; end'; create trigger log before insert on a for each "
        + "row execute function t()", "insert into a select * from b", "public.a<public.b (trigger log of public.a may touch other tables)")]
    [InlineData("create function t() returns trigger language plpgsql as 'begin return new; end'; create trigger log before insert on a for each "
        + "row execute function t(); alter table a disable trigger log", "insert into a select * from b", "public.a<public.b")]
    [InlineData("create function t() returns trigger language plpgsql as 'begin return new; end'; create table p (id int, n int) partition by "
        + "range (id); create table p1 partition of p default; create trigger log before insert on p1 for each row execute function t()",
        "insert into p select * from b", "public.p<public.b (trigger log of public.p1 may touch other tables)")]
    [InlineData("create table child (id int references a on delete cascade)", "delete from a",
        "public.a< (foreign key child_id_fkey of public.child cascades)")]
    [InlineData("create table child (id int references a on update set null)", "insert into a select * from b on conflict (id) do update set id = 3",
        "public.a<public.b (foreign key child_id_fkey of public.child cascades)")]
    [InlineData("create table child (id int references a on delete cascade)", "insert into a select * from b", "public.a<public.b")]
    [InlineData("create table child (id int references a)", "delete from a", "public.a<")]
    public async Task Tables_are_found_or_it_is_said_why_not(string ddl, string sql, string expected)
    {
        await _database.RunAsync(ddl.Length > 0 ? ddl : "select 1");
        var found = await _database.Warehouse.FindTablesAsync(sql, Token);
        Assert.Equal(expected, string.Join('|', found.Select(static f =>
            $"{string.Join(' ', f.Writes.Order())}<{string.Join(' ', f.Reads.Order())}{(f.Doubt is { } doubt ? $" ({doubt})" : "")}")));
    }

    [Fact]
    public async Task Finding_waits_for_no_writer_and_leaves_nothing_behind()
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var writer = await source.OpenConnectionAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand(
            "INSERT INTO a VALUES (1, 1); SELECT * FROM b FOR UPDATE", writer)) await write.ExecuteNonQueryAsync();

        await _database.Warehouse.FindTablesAsync("create temp table t as select * from b; delete from a; insert into a select * from t", Token);

        Assert.Equal(0L, await _database.ScalarAsync("SELECT count(*) FROM pg_locks l JOIN pg_stat_activity s USING (pid) WHERE s.application_name "
            + "= 'coordinator/silo1' AND l.locktype = 'relation'"));
        Assert.Equal(0L, await _database.ScalarAsync("SELECT count(*) FROM pg_class WHERE relname = 't'"));
    }

    [Fact]
    public async Task Finding_gives_up_behind_a_lock_that_readers_would_wait_for_too()
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var other = await source.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var alter = new NpgsqlCommand("ALTER TABLE b ADD COLUMN x int", other)) await alter.ExecuteNonQueryAsync();

        var failure = await Assert.ThrowsAsync<WarehouseException>(() =>
            _database.Warehouse.FindTablesAsync("insert into a select id, n from b", Token));

        Assert.Equal(FailureKind.Conflict, failure.Kind);
    }
}
