using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.TableSets;

public sealed class UpdateRulesTests
{
    private const string OfLedgers = "schema coordinator holds the ledgers, which the coordinator alone writes. Write to a table of another schema.";

    [Theory]
    [InlineData("insert into coordinator.\"public.g\" values (1)", "Statement 1 is INSERT and names coordinator, but " + OfLedgers)]
    [InlineData("select 1; UPDATE only Coordinator.x SET n = 1", "Statement 2 is UPDATE and names coordinator")]
    [InlineData("delete from \"COORDINATOR\".x", "names COORDINATOR, but schema COORDINATOR holds the ledgers")]
    [InlineData("delete coordinator.x", "is DELETE")]
    [InlineData("merge into db.coordinator.x using t on true when matched then delete", "is MERGE")]
    [InlineData("with gone as (delete from coordinator.x returning 1) insert into t select * from gone", "names coordinator")]
    [InlineData("insert into coordinator_cluster.silo values (1)", "schema coordinator_cluster holds the silos' membership")]
    [InlineData("update PG_CATALOG.pg_class set relname = 'x'", "schema pg_catalog belongs to the warehouse itself")]
    [InlineData("insert into information_schema.sql_features values (1)", "information_schema")]
    // A statement that cannot be explained must not name any schema of the coordinator.
    [InlineData("create table coordinator.x (id int)", "is CREATE and names coordinator")]
    [InlineData("create view v as select * from coordinator.x", "is CREATE")]
    [InlineData("create index on coordinator.x (id)", "is CREATE")]
    [InlineData("create rule r as on insert to t do also (delete from a; delete from coordinator.x)", "is CREATE")]
    [InlineData("alter table coordinator . \"public.x\" drop column n", "is ALTER")]
    [InlineData("alter table t set schema coordinator", "is ALTER")]
    [InlineData("alter role r set search_path = a, coordinator", "is ALTER")]
    [InlineData("drop table t, coordinator.x", "is DROP")]
    [InlineData("drop schema if exists s, \"Coordinator\" cascade", "is DROP and names Coordinator")]
    [InlineData("create schema if not exists authorization coordinator", "is CREATE")]
    [InlineData("truncate t, coordinator.x", "is TRUNCATE")]
    [InlineData("copy coordinator.x from stdin", "is COPY")]
    [InlineData("call coordinator.p()", "is CALL")]
    [InlineData("lock table coordinator.x", "is LOCK")]
    [InlineData("grant all on all tables in schema s, coordinator to r", "is GRANT")]
    [InlineData("comment on schema coordinator is 'x'", "is COMMENT")]
    [InlineData("explain analyze insert into coordinator.x values (1)", "is EXPLAIN")]
    [InlineData("prepare p as insert into coordinator.x values (1); execute p", "Statement 1 is PREPARE")]
    [InlineData("select * into coordinator.x from t", "is SELECT")]
    [InlineData("set search_path = public, coordinator", "is SET")]
    [InlineData("set search_path to 'main,coordinator'", "is SET")]
    [InlineData("SET LOCAL \"search_path\" = \"Coordinator\"", "is SET")]
    [InlineData("set schema 'coordinator'", "is SET")]
    [InlineData("set schema = 'warehouse.coordinator'", "is SET")]
    [InlineData("use warehouse.coordinator", "is USE")]
    [InlineData("pragma search_path = 'coordinator'", "is PRAGMA")]
    [InlineData("select set_config('search_path', 'public, coordinator', true)", "is SELECT")]
    [InlineData("set search_path = information_schema", "names information_schema")]
    [InlineData("truncate pg_catalog.pg_statistic", "names pg_catalog")]
    [InlineData("drop table if exists t, pg_toast.x", "names pg_toast")]
    [InlineData("create table pg_catalog.x (id int)", "names pg_catalog")]
    [InlineData("alter table if exists only pg_catalog.pg_class add x int", "names pg_catalog")]
    [InlineData("copy pg_catalog.pg_class from stdin", "names pg_catalog")]
    [InlineData("drop schema information_schema", "names information_schema")]
    // SQL within SQL.
    [InlineData("do $$ begin insert into coordinator.x values (1); end $$", "Statement 1 is DO and names coordinator")]
    [InlineData("do $$ begin execute 'delete from coordinator.x'; end $$", "is DO")]
    [InlineData("do $$ begin execute format('delete from %I.%I', 'coordinator', 'x'); end $$", "is DO")]
    [InlineData("do $$ begin perform set_config('search_path', 'coordinator', true); end $$", "is DO")]
    [InlineData("do $$ begin set local search_path = coordinator; end $$", "is DO")]
    [InlineData("do 'begin execute ''drop schema coordinator''; end'", "is DO")]
    [InlineData("do E'begin delete from \\x63oordinator.x; end'", "is DO")]
    [InlineData("do $$ begin update pg_catalog.pg_class set relname = 'x'; end $$", "names pg_catalog")]
    [InlineData("create function f() returns void language sql as $$ delete from coordinator.x $$", "is CREATE")]
    [InlineData("create or replace function f() returns int language sql set search_path = coordinator as 'select 1'", "is CREATE")]
    [InlineData("create procedure p() begin atomic delete from coordinator.x; end", "is CREATE")]
    // With either reading of backslashes.
    [InlineData("insert into t values ('\\'); delete from coordinator.x; --')", "Statement 2 is DELETE")]
    [InlineData("delete\u00a0from coordinator.x", "is DELETE")]
    public void A_protected_schema_is_not_written_by_name(string sql, string reason)
    {
        var failure = Assert.Throws<WarehouseException>(() => UpdateRules.Ensure(sql));
        Assert.Equal((FailureKind.Rejected, FailureCause.RejectedStatement), (failure.Kind, failure.Cause));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select * from coordinator.\"public.x\"")]
    [InlineData("insert into t select count(*) from coordinator.\"public.x\" l join t on t.id = coordinator.\"public.x\".rows")]
    [InlineData("update t set n = (select count(*) from only coordinator.x)")]
    [InlineData("delete from t using coordinator.x where exists (select 1 from coordinator.x)")]
    [InlineData("insert into t table coordinator.x")]
    [InlineData("select * from t for update of t; merge into t using coordinator.x l on t.id = l.rows when matched then delete")]
    [InlineData("create temp table stage as select * from coordinator.x; drop table stage")]
    [InlineData("create temp table pg_temp.stage (id int); insert into pg_temp.stage values (1); drop table pg_temp.stage")]
    [InlineData("insert into t select relname from pg_catalog.pg_class")]
    [InlineData("create table coordinator (coordinator int); alter table coordinator add schema_name text; drop table coordinator")]
    [InlineData("insert into public.coordinator values ('coordinator.x'); update coordinator set n = 1")]
    [InlineData("set application_name = 'coordinator'; set coordinator.job = 'x'; set role coordinator")]
    [InlineData("set search_path = pg_catalog, public, pg_temp; set local search_path to default")]
    [InlineData("grant usage on schema sales to coordinator; create schema sales authorization coordinator")]
    [InlineData("insert into settings values ('search_path', 'coordinator')")]
    [InlineData("create view v as select pg_catalog.now() from information_schema.tables t join pg_catalog.pg_class c on "
        + "pg_catalog.lower(c.relname) = t.table_name")]
    [InlineData("create table t as select * from pg_catalog.pg_stat_user_tables")]
    [InlineData("alter table t alter c type pg_catalog.int8")]
    [InlineData("do $$ declare r record; begin for r in select tablename from pg_catalog.pg_tables loop execute format('analyze %I', r.tablename); "
        + "end loop; end $$")]
    [InlineData("create function f() returns int language sql set search_path = pg_catalog, pg_temp as 'select 1'")]
    [InlineData("copy t from 's3://coordinator.example/x'; call log('coordinator.example')")]
    public void Reading_and_names_that_only_look_alike_are_free(string sql) => UpdateRules.Ensure(sql);

    [Fact]
    public void What_is_declared_as_written_lies_in_no_protected_schema()
    {
        var intent = new UpdateIntent
        {
            Id = IntentId.FromKey("k"),
            Sql = "select 1",
            Writes = [TableName.Parse("a"), TableName.Parse("Coordinator.x")]
        };
        Assert.Equal("coordinator.x is no table to write to: " + OfLedgers,
            Assert.Throws<WarehouseException>(() => UpdateRules.Ensure(intent)).Message);
        UpdateRules.Ensure(new UpdateIntent
        {
            Id = intent.Id,
            Sql = "select 1",
            Writes = [TableName.Parse("a")],
            Reads = [TableName.Parse("coordinator.x")]
        });
    }
}
