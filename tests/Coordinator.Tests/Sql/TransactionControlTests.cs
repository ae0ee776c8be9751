using Coordinator.Core.Sql;

namespace Coordinator.Tests.Sql;

public sealed class TransactionControlTests
{
    [Theory]
    [InlineData("commit", "Statement 1 is COMMIT, which ends the transaction in which the SQL runs. Leave BEGIN, COMMIT and ROLLBACK to the "
        + "coordinator.")]
    [InlineData("insert into t values (1); commit; select 1/0", "Statement 2 is COMMIT, which ends")]
    [InlineData("rollback; insert into t values (1)", "Statement 1 is ROLLBACK, which ends")]
    [InlineData("delete from t; COMMIT; BEGIN", "Statement 2 is COMMIT, which ends")]
    [InlineData("begin; select 1", "Statement 1 is BEGIN, which begins a transaction within")]
    [InlineData("Begin Isolation Level Serializable", "Statement 1 is BEGIN")]
    [InlineData("start transaction read only", "Statement 1 is START TRANSACTION, which begins")]
    [InlineData("select 1; ; -- \n END", "Statement 2 is END, which ends")]
    [InlineData("end transaction", "is END")]
    [InlineData("Abort Work", "is ABORT")]
    [InlineData("commit work", "is COMMIT")]
    [InlineData("commit and chain", "is COMMIT")]
    [InlineData("rollback and no chain", "is ROLLBACK")]
    [InlineData("rollback transaction", "is ROLLBACK")]
    [InlineData("prepare transaction 'x'", "is PREPARE TRANSACTION, which ends")]
    [InlineData("commit prepared 'x'", "is COMMIT PREPARED")]
    [InlineData("ROLLBACK /* */ PREPARED 'x'", "is ROLLBACK PREPARED")]
    // With comments and blanks around it.
    [InlineData("/* a /* b */ */ commit -- it", "is COMMIT")]
    [InlineData("-- a line ends here\rcommit", "is COMMIT")]
    [InlineData("select 1 -- and here\r; commit -- \n", "Statement 2 is COMMIT")]
    [InlineData("\t\v\fcommit", "is COMMIT")]
    // DuckDB treats these as white space.
    [InlineData("\u00a0commit\u3000;", "is COMMIT")]
    [InlineData("\ufeffcommit", "is COMMIT")]
    [InlineData("select 1;\u200bcommit", "Statement 2 is COMMIT")]
    // With either reading of backslashes.
    [InlineData("select '\\'; commit; --'", "Statement 2 is COMMIT")]
    [InlineData("select '\\'' ; commit; -- '", "Statement 2 is COMMIT")]
    [InlineData("select E'\\'' ; commit", "Statement 2 is COMMIT")]
    [InlineData("select E'a'\n'\\'', '\\' ; commit; --'", "Statement 2 is COMMIT")]
    // Text that only looks like a body of statements.
    [InlineData("select begin atomic from (select 1 as begin) x; commit", "Statement 2 is COMMIT")]
    [InlineData("create function f() returns int begin atomic select 1; end; end", "Statement 2 is END")]
    [InlineData("create function f() returns int begin atomic select 1; commit; end", "Statement 1 is COMMIT")]
    [InlineData("insert into t values (1; commit; select 1)", "is COMMIT")]
    // DuckDB executes the explained statement.
    [InlineData("explain analyze commit", "is COMMIT")]
    [InlineData("EXPLAIN (ANALYZE, FORMAT json) rollback", "is ROLLBACK")]
    [InlineData("explain analyze verbose begin", "is BEGIN")]
    [InlineData("import database 'folder'", "is IMPORT DATABASE")]
    [InlineData("PRAGMA import_database('folder')", "is IMPORT DATABASE")]
    // Bodies that are executed at once.
    [InlineData("do $$ begin insert into t values (1); commit; end $$", "Statement 1 is DO with COMMIT, which ends")]
    [InlineData("DO $x$ BEGIN IF true THEN ROLLBACK AND CHAIN; END IF; END $x$ LANGUAGE plpgsql", "is DO with ROLLBACK")]
    [InlineData("do language plpgsql 'begin raise notice ''x''; commit; end'", "is DO with COMMIT")]
    [InlineData("do E'begin \\x63ommit; end'", "is DO with COMMIT")]
    [InlineData("do $$ begin loop /* */ commit; end loop; end $$", "is DO with COMMIT")]
    [InlineData("do $$ <<here>> begin perform 1; exception when others then rollback; end $$", "is DO with ROLLBACK")]
    public void What_begins_or_ends_a_transaction_is_refused_by_statement_and_verb(string sql, string reason) =>
        Assert.Contains(reason, TransactionControl.Refusal(sql), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("savepoint a; insert into t values (1); rollback to a; release a")]
    [InlineData("rollback to savepoint a; rollback work to a; ROLLBACK TRANSACTION TO SAVEPOINT \"commit\"; release savepoint a")]
    [InlineData("update t set \"end\" = 1, \"commit\" = case when x then 1 end where \"begin\".\"rollback\" = 2")]
    [InlineData("select 1 as end, 2 as commit, t.begin from rollback t")]
    [InlineData("insert into commit values (1); delete from begin; update abort set start = 1")]
    [InlineData("insert into t values ('commit'), ('; commit;'), ($$; rollback; $$), (e'\\'; commit; ')")]
    [InlineData("insert into t values (1) -- ; commit\n; /* ; rollback; */ delete from t")]
    [InlineData("create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3")]
    [InlineData("create or replace procedure p(a int default cast(1 as int)) begin atomic insert into t values (1); end")]
    [InlineData("create procedure p() language plpgsql as $$ begin insert into t values (1); commit; end $$")]
    [InlineData("create table t (commit int, \"end\" int)")]
    [InlineData("prepare transaction as select 1; prepare x (int) as select $1")]
    [InlineData("prepare transaction (int) as select $1")]
    [InlineData("explain analyze select 1; explain (analyze) delete from t; explain")]
    [InlineData("truncate t")]
    [InlineData("do $$ declare commit int := 1; begin commit := 2; if commit > 1 then rollback = 3; end if; end $$")]
    [InlineData("do $$ begin begin perform 1; end; raise notice '; commit;'; -- commit;\n end $$")]
    [InlineData("do $$ begin execute 'select 1'; end $$ language plpgsql; select '; commit'")]
    [InlineData("start replica; prepare x")]
    [InlineData("select 'never closed; commit")]
    public void What_leaves_the_transaction_alone_is_not(string sql) => Assert.Null(TransactionControl.Refusal(sql));

    [Fact]
    public void In_Redshift_TRUNCATE_commits() =>
        Assert.Equal(
            "Statement 2 is TRUNCATE, which commits in Redshift all that was done before it. Use DELETE.",
            TransactionControl.Refusal("delete from a; truncate a", truncateCommits: true));
}
