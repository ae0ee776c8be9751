using Coordinator.Core.Sql;
using Coordinator.Intents;

namespace Coordinator.Tests.Sql;

public sealed class SqlParametersTests
{
    [Theory]
    [InlineData("select @a", "a")]
    [InlineData("select @A, @a , @b_1", "a b_1")]
    [InlineData("select '@a', \"@b\", $$@c$$, $x$ @d $x$, E'\\'@e' -- @f\n/* @g /* @h */ @i */", "")]
    [InlineData("select x <@ y, x @> y, x<@y, x @@y, @ z", "")]
    [InlineData("select x = @a, x>=@b, (@c), 'x'||@d", "a b c d")]
    [InlineData("select a@b", "b")]
    public void Names_are_found_outside_of_quotes_comments_and_operators(string sql, string names) =>
        Assert.Equal(names, string.Join(' ', SqlParameters.NamesIn(sql)));

    [Fact]
    public void Values_stand_where_the_names_stood_and_nowhere_else() => Assert.Equal(
        "insert into t values ( 'o''clock' ,  '1' ), ('@a',  'o''clock' )",
        Apply("insert into t values (@a, @b), ('@a', @A)", new("a", "o'clock"), new("b", "1")).Trim());

    [Theory]
    [InlineData("a\\b", "('a' || chr(92) || 'b')")]
    [InlineData("\\'", "('' || chr(92) || '''')")]
    [InlineData("'", "''''")]
    [InlineData("", "''")]
    public void A_literal_holds_no_backslash_and_every_quote_twice(string value, string literal) =>
        Assert.Equal(literal, SqlLiteral.Of(new("p", value)));

    [Theory]
    [InlineData("select @a", "uses @a, for which no value")]
    [InlineData("select @a, @x", "no parameter @y. It uses @a, @x", "a", "x", "y")]
    [InlineData("select 1", "no parameter @y. It uses none", "y")]
    [InlineData("select @a", "given twice", "a", "A")]
    [InlineData("select @a, 'x\\' @a'", "double the quote", "a")]
    public void What_is_missing_unknown_or_uncertain_is_named(string sql, string mention, params string[] given)
    {
        var e = Assert.Throws<FormatException>(() => Apply(sql, [.. given.Select(static name => new SqlParameter(name, "1"))]));
        Assert.Contains(mention, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zero_character_and_what_is_no_instant_are_refused()
    {
        Assert.Throws<FormatException>(() => SqlLiteral.Of(new("p", "a\0b")));
        Assert.Throws<FormatException>(() => SqlLiteral.Of(new("tick", "soon", IsInstant: true)));
        Assert.Equal("TIMESTAMPTZ '2026-07-01 01:00:00.500000+00'", SqlLiteral.Of(new("tick", "2026-07-01T03:00:00.5+02:00", IsInstant: true)));
    }

    [Fact]
    public void An_update_of_no_job_and_without_values_keeps_its_operators()
    {
        var intent = new UpdateIntent { Id = Some.Id(1), Sql = "select @x" };
        Assert.Same(intent, SqlParameters.Apply(intent));
    }

    private static string Apply(string sql, params SqlParameter[] parameters) =>
        SqlParameters.Apply(new UpdateIntent { Id = Some.Id(1), Sql = sql, Job = "j", Parameters = parameters }).Sql;
}
