using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Tests.TableSets;

public sealed class TableSetCheckTests
{
    [Fact]
    public void With_nothing_declared_the_found_tables_are_reserved()
    {
        var verdict = Check("", "", Found("b a", "d a"), Found("a", "c b"));
        Assert.Null(verdict.Rejection);
        Assert.Equal(["public.a", "public.b"], verdict.Writes.Select(Text));
        Assert.Equal(["public.c", "public.d"], verdict.Reads.Select(Text));
    }

    [Fact]
    public void With_nothing_declared_a_doubt_rejects_and_says_which_statement_and_what_was_found()
    {
        var verdict = Check("", "", Found("a", "c"), Found("", "", "CREATE cannot be explained"), Found("b", "", "function s.f may touch tables"));
        Assert.Equal(
            "The tables of this update cannot be found for certain (statement 2: CREATE cannot be explained; statement 3: function s.f may touch "
                + "tables). "
            + "Declare Writes: public.a, public.b; Reads: public.c, and every other table that it touches.",
            verdict.Rejection);
    }

    [Fact]
    public void A_doubt_about_everything_asks_for_all_tables() => Assert.Equal(
        "The tables of this update cannot be found for certain (statement 1: CALL cannot be explained). "
        + "Declare all tables that it writes as Writes and those that it only reads as Reads.",
        Check("", "", Found("", "", "CALL cannot be explained")).Rejection);

    [Fact]
    public void With_all_declared_a_doubt_does_not_matter()
    {
        var verdict = Check("a", "b", Found("a", "b"), Found("", "", "CREATE cannot be explained"));
        Assert.Null(verdict.Rejection);
        Assert.Equal(("public.a", "public.b"), (Text(Assert.Single(verdict.Writes)), Text(Assert.Single(verdict.Reads))));
    }

    [Fact]
    public void More_than_was_found_may_be_declared()
    {
        var verdict = Check("a z", "b y", Found("a", "b"));
        Assert.Null(verdict.Rejection);
        Assert.Equal(["public.a", "public.z"], verdict.Writes.Select(Text));
        Assert.Equal(["public.b", "public.y"], verdict.Reads.Select(Text));
    }

    [Fact]
    public void What_is_declared_written_may_be_read() => Assert.Null(Check("a b", "", Found("a", "b")).Rejection);

    [Theory]
    [InlineData("a", "", "a", "b", "The SQL reads public.b without declaring it. Declare Writes: public.a; Reads: public.b.")]
    [InlineData("a", "c", "a", "b c", "The SQL reads public.b without declaring it. Declare Writes: public.a; Reads: public.b, public.c.")]
    [InlineData("b", "", "a", "", "The SQL writes public.a without declaring it. Declare Writes: public.a, public.b.")]
    [InlineData("b", "a", "a b", "", "The SQL writes public.a, declared as only read. Declare Writes: public.a, public.b.")]
    [InlineData("", "b", "a", "b", "The SQL writes public.a without declaring it. Declare Writes: public.a; Reads: public.b.")]
    [InlineData("w", "r", "w x y r", "r s t", "The SQL writes public.x, public.y without declaring it, and writes public.r, declared as only read, "
        + "and reads public.s, public.t without declaring it. Declare Writes: public.r, public.w, public.x, public.y; Reads: public.s, public.t.")]
    public void Undeclared_tables_are_named_with_the_declaration_that_would_be_right(
        string writes, string reads, string written, string read, string rejection) =>
        Assert.Equal(rejection, Check(writes, reads, Found(written, read)).Rejection);

    [Fact]
    public void Undeclared_tables_are_named_even_beside_a_doubt() =>
        Assert.Contains("reads public.b", Check("a", "", Found("", "", "CREATE cannot be explained"), Found("a", "b")).Rejection,
            StringComparison.Ordinal);

    [Fact]
    public void SQL_that_writes_nothing_is_no_update()
    {
        Assert.Contains("writes no table", Check("", "", Found("", "a")).Rejection, StringComparison.Ordinal);
        Assert.Contains("writes no table", Check("", "a", Found("", "a")).Rejection, StringComparison.Ordinal);
        Assert.Null(Check("a", "", Found("", "")).Rejection);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a coordinator.x", "")]
    [InlineData("a", "")]
    public void A_write_into_a_protected_schema_is_rejected_with_any_declaration(string writes, string reads) => Assert.Equal(
        "Statement 2 writes coordinator.x, but schema coordinator holds the ledgers, which the coordinator alone writes. Write to a table of "
            + "another schema.",
        Check(writes, reads, Found("a", ""), Found("a coordinator.x", "", "function s.f may touch tables")).Rejection);

    [Fact]
    public void Tables_of_protected_schemas_may_be_declared_as_read_and_are_not_reserved() =>
        Assert.Equal(["public.b"], Check("a", "b coordinator.x pg_catalog.pg_class", Found("a", "b")).Reads.Select(Text));

    private static TableSetVerdict Check(string writes, string reads, params StatementTables[] found) => TableSetCheck.Of(
        new UpdateIntent { Id = Some.Id(0), Sql = "…", Writes = Names(writes), Reads = Names(reads) },
        [.. found.Select(static (tables, i) => tables with { Statement = i + 1 })]);

    private static StatementTables Found(string writes, string reads, string? doubt = null) => new(0, Names(writes), Names(reads), doubt);

    private static TableName[] Names(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TableName.Parse)];

    private static string Text(TableName table) => table.ToString();
}
