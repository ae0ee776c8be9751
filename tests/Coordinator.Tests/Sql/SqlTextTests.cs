using Coordinator.Core.Sql;

namespace Coordinator.Tests.Sql;

public sealed class SqlTextTests
{
    public static TheoryData<string, string[]> Texts() => new()
    {
        { "", [] },
        { " ;; -- nothing\n ; /* ; */ ", [] },
        { "select 1", ["select 1"] },
        { "select 1;", ["select 1"] },
        { "select 1; select 2", ["select 1", "select 2"] },
        { "select ';'; select 2", ["select ';'", "select 2"] },
        { "select 'it''s; one'; select 2", ["select 'it''s; one'", "select 2"] },
        { "select '\\'; select 2", ["select '\\'", "select 2"] },
        { "select E'\\'; one'; select 2", ["select E'\\'; one'", "select 2"] },
        { "select e'\\\\'; select 2", ["select e'\\\\'", "select 2"] },
        { "select name'; '; select 2", ["select name'; '", "select 2"] },
        { "select \"a;b\"\"; c\" from t; select 2", ["select \"a;b\"\"; c\" from t", "select 2"] },
        { "select $$;$$; select 2", ["select $$;$$", "select 2"] },
        { "select $a$ ; $b$ ; $$ ; $a$; select 2", ["select $a$ ; $b$ ; $$ ; $a$", "select 2"] },
        { "select $1; select a$1; select 2$", ["select $1", "select a$1", "select 2$"] },
        { "select 1 -- one; '\n+ 1; select 2", ["select 1 -- one; '\n+ 1", "select 2"] },
        { "select 1 /* a; /* b; */ c; */ + 1; select 2", ["select 1 /* a; /* b; */ c; */ + 1", "select 2"] },
        { "select 1 - -1; select 4 / 2 * 3", ["select 1 - -1", "select 4 / 2 * 3"] },
        { "create rule r as on insert to t do also (delete from a; delete from b); select 2",
            ["create rule r as on insert to t do also (delete from a; delete from b)", "select 2"] },
        { "create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3",
            ["create function f() returns int begin atomic select case when true then 1 end; select 2; end", "select 3"] },
        { "create or replace procedure p(a int default cast(1 as int)) begin atomic select 1; end; select 3",
            ["create or replace procedure p(a int default cast(1 as int)) begin atomic select 1; end", "select 3"] },
        { "select begin atomic from t; select 2", ["select begin atomic from t", "select 2"] },
        { "create function f() as table select begin atomic from t; select 2",
            ["create function f() as table select begin atomic from t", "select 2"] },
        { "select 1 -- one; '\r+ 1; select 2", ["select 1 -- one; '\r+ 1", "select 2"] },
        { "select E'a'\n '\\'; one'; select 2", ["select E'a'\n '\\'; one'", "select 2"] },
        { "select E'a' -- b\r '\\'; one'; select 2", ["select E'a' -- b\r '\\'; one'", "select 2"] },
        { "select 'a'\n '\\'; select 2", ["select 'a'\n '\\'", "select 2"] },
        { "select 'never closed; select 2", ["select 'never closed; select 2"] },
        { "select (1; select 2", ["select (1; select 2"] },
        { "select 1); select 2", ["select 1)", "select 2"] },
        { "select größe from tür; select 'ü;'", ["select größe from tür", "select 'ü;'"] },
        { "\uFEFFselect 1 ;\u00a0select 2 ", ["\uFEFFselect 1", "\u00a0select 2"] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_divided_where_its_statements_end(string sql, string[] statements) =>
        Assert.Equal(statements, SqlText.Split(sql).Select(static s => s.Text));

    [Fact]
    public void In_Redshift_a_backslash_escapes_in_every_string() =>
        Assert.Equal(["select 'it\\'s; one'", "select 2"], SqlText.Split("select 'it\\'s; one'; select 2", SqlDialect.Redshift)
            .Select(static s => s.Text));

    [Theory]
    [InlineData("insert into a values (1)", StatementKind.Write, "a")]
    [InlineData("INSERT INTO S.\"A b\"(id) select 1", StatementKind.Write, "s|A b")]
    [InlineData("insert or replace into a values (1)", StatementKind.Write, "a")]
    [InlineData("update only a set n = 1", StatementKind.Write, "a")]
    [InlineData("update d.s.a x set n = 1", StatementKind.Write, "d|s|a")]
    [InlineData("delete from a using b", StatementKind.Write, "a")]
    [InlineData("merge into a using b on true when matched then delete", StatementKind.Write, "a")]
    [InlineData("with c as (select 1), d(x) as materialized (delete from b returning 1) insert into a select * from c", StatementKind.Write, "a")]
    [InlineData("with recursive r(n) as (select 1 union all select n + 1 from r) search depth first by n set o update a set n = 1",
        StatementKind.Write, "a")]
    [InlineData("with c as (insert into b select 1 returning 1) select * from c", StatementKind.Query, "")]
    [InlineData("(select 1) union (select 2)", StatementKind.Query, "")]
    [InlineData("values (1)", StatementKind.Query, "")]
    [InlineData("table a", StatementKind.Query, "")]
    [InlineData("select * into b from a", StatementKind.Other, "")]
    [InlineData("with c as (select 1) select * into b from c", StatementKind.Other, "")]
    [InlineData("select 'into', \"into\" from a", StatementKind.Query, "")]
    [InlineData("set local search_path = s", StatementKind.Setting, "")]
    [InlineData("create temp table t (id int)", StatementKind.TemporaryTable, "t")]
    [InlineData("create or replace local temporary table if not exists pg_temp.t as select 1", StatementKind.TemporaryTable, "pg_temp|t")]
    [InlineData("create table t (id int)", StatementKind.Other, "")]
    [InlineData("create temp view t as select 1", StatementKind.Other, "")]
    [InlineData("create", StatementKind.Other, "")]
    [InlineData("drop table if exists t, s.u cascade", StatementKind.DropTable, "")]
    [InlineData("truncate a", StatementKind.Other, "")]
    [InlineData("call p()", StatementKind.Other, "")]
    [InlineData("(", StatementKind.Other, "")]
    [InlineData("insert", StatementKind.Write, "")]
    public void A_statement_says_what_it_does_and_to_which_name(string sql, StatementKind kind, string target)
    {
        var statement = Assert.Single(SqlText.Split(sql));
        Assert.Equal(kind, statement.Kind);
        Assert.Equal(target, string.Join('|', statement.Target));
    }

    [Theory]
    [InlineData("create table #t (id int)", StatementKind.TemporaryTable, "#t", null)]
    [InlineData("create table #Stage distkey (id) as select * from a", StatementKind.TemporaryTable, "#stage", " select * from a")]
    [InlineData("select id into #t from a", StatementKind.TemporaryTable, "#t", "select id  from a")]
    [InlineData("with c as (select 1) select * into temp table t from c", StatementKind.TemporaryTable, "t",
        "with c as (select 1) select *  from c")]
    [InlineData("select * into t from a", StatementKind.Other, "", "select *  from a")]
    [InlineData("create table t as select 1", StatementKind.Other, "", " select 1")]
    [InlineData("insert into #t select 1", StatementKind.Write, "#t", null)]
    [InlineData("select a # b, 6 #7, (1)#b, a#b from t", StatementKind.Query, "", null)]
    public void In_Redshift_a_number_sign_marks_a_temporary_table(string sql, StatementKind kind, string target, string? query)
    {
        var statement = Assert.Single(SqlText.Split(sql, SqlDialect.Redshift));
        Assert.Equal((kind, target, query), (statement.Kind, string.Join('|', statement.Target), statement.Query));
        if (kind == StatementKind.Query) Assert.DoesNotContain(statement.Tokens, static token => token.IsName && token.Value.StartsWith('#'));
    }

    [Theory]
    [InlineData("drop table if exists #t, #U", true)]
    [InlineData("drop table #t, u", false)]
    [InlineData("drop table \"#t\"", false)]
    [InlineData("drop view #t", false)]
    public void A_drop_of_such_tables_drops_no_others(string sql, bool isTemporary) =>
        Assert.Equal(isTemporary, SqlText.Split(sql, SqlDialect.Redshift)[0].DropsTemporary);

    [Fact]
    public void In_quotes_the_number_sign_is_part_of_any_table_s_name() =>
        Assert.Equal(StatementKind.Other, SqlText.Split("create table \"#t\" (id int)")[0].Kind);

    [Fact]
    public void Elsewhere_a_number_sign_is_an_operator() =>
        Assert.Equal(["select", "#", "b"], SqlText.Split("select #b")[0].Tokens.Select(static token => token.Value));

    [Fact]
    public void Dropped_tables_are_named() =>
        Assert.Equal(["t", "s|u", "V"],
            SqlText.Split("drop table if exists t, s.u, \"V\" cascade")[0].Dropped.Select(static name => string.Join('|', name)));

    [Theory]
    [InlineData("create temp table t (id int)", "create temp table t (id int)")]
    [InlineData("create temp table t as select 1", "create temp table t as select 1\nWITH NO DATA")]
    [InlineData("select 1 as n into temp T", "CREATE TEMPORARY TABLE \"t\" AS select 1 as n \nWITH NO DATA")]
    [InlineData("create temp table t as select 1 with data", "create temp table t as select 1 WITH NO DATA")]
    [InlineData("create temp table t as select 1 with no data", "create temp table t as select 1 with no data")]
    public void A_temporary_table_is_made_without_its_rows(string sql, string empty) => Assert.Equal(empty, SqlText.Split(sql)[0].WithNoData);

    [Fact]
    public void Calls_are_names_before_a_parenthesis_with_anything_in_strings_and_comments() =>
        Assert.Equal(["f", "G", "h", "in"], SqlText.Split("select F(1), s.\"G\" (2), 'x(3)', h /* ( */ (4) from t where a in (5) -- j(6)")[0].Calls);
}
