using Coordinator.RedshiftSimulator.Dialect;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>What the checker finds in a log of statements, and what only looks similar.</summary>
public sealed class ForeignSqlTests
{
    [Theory]
    [InlineData("RETURNING", "INSERT INTO events VALUES ($1) RETURNING id")]
    [InlineData("ON CONFLICT", "insert into events values ($1)\n on  conflict do nothing")]
    [InlineData("SELECT … FOR UPDATE", "SELECT id FROM events FOR UPDATE SKIP LOCKED")]
    [InlineData("COPY FROM STDIN", "COPY \"public\".\"events\" (id) FROM STDIN (FORMAT binary)")]
    [InlineData("advisory locks", "SELECT pg_try_advisory_xact_lock(1)")]
    [InlineData("DISCARD", "DISCARD ALL")]
    [InlineData("savepoints", "ROLLBACK TO SAVEPOINT a")]
    [InlineData("arrays", "SELECT * FROM events WHERE id = ANY($1)")]
    [InlineData("arrays", "SELECT '{1}'::int[]")]
    [InlineData("unnest", "SELECT * FROM unnest($1)")]
    [InlineData("LISTEN and NOTIFY", "BEGIN; NOTIFY events")]
    [InlineData("parameters", "INSERT INTO events VALUES … ($32767),($32768)")]
    public void What_Redshift_does_not_have_is_found(string construct, string sql) =>
        Assert.Contains($"{construct}: {sql}", ForeignSql.In(["COMMIT", sql]));

    [Theory]
    [InlineData("SELECT 'RETURNING, it''s \\' ON CONFLICT' AS \"FOR UPDATE\" -- LISTEN")]
    [InlineData("SELECT id /* savepoint;\n DISCARD ALL */ FROM events")]
    [InlineData("UPDATE events SET returned = 1 WHERE conflict IN (SELECT id FROM discard)")]
    [InlineData("INSERT INTO events VALUES ($32767)")]
    public void What_only_looks_like_it_is_not(string sql) => Assert.Empty(ForeignSql.In([sql]));
}
