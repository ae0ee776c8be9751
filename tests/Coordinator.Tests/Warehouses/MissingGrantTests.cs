using Coordinator.Warehouse.Npgsql.Failures;

namespace Coordinator.Tests.Warehouses;

/// <summary>The advice for an administrator after "permission denied".</summary>
public sealed class MissingGrantTests
{
    [Theory]
    [InlineData("permission denied for table events", "GRANT SELECT, INSERT, UPDATE, DELETE ON events TO")]
    [InlineData("permission denied for relation \"Big Table\"", "GRANT SELECT, INSERT, UPDATE, DELETE ON \"Big Table\" TO")]
    [InlineData("permission denied for table Big Table", "GRANT SELECT, INSERT, UPDATE, DELETE ON \"Big Table\" TO")]
    [InlineData("permission denied for sequence events_id_seq", "GRANT USAGE ON SEQUENCE events_id_seq TO")]
    [InlineData("permission denied for schema sales", "GRANT USAGE ON SCHEMA sales TO")]
    [InlineData("permission denied for relation stv_inflight", "ON stv_inflight TO")]
    [InlineData("permission denied for schema coordinator", "GRANT USAGE, CREATE ON SCHEMA coordinator TO")]
    [InlineData("permission denied for database dev", "GRANT CREATE ON DATABASE dev TO")]
    [InlineData("must be owner of relation public.events", "ALTER TABLE public.events OWNER TO")]
    [InlineData("must be owner of table events", "ALTER TABLE events OWNER TO")]
    public void A_denied_object_is_granted_by_a_statement_that_names_it(string message, string statement) =>
        Assert.Contains(statement, MissingGrant.Advice(message), StringComparison.Ordinal);

    [Fact]
    public void A_message_without_an_object_has_no_advice() => Assert.Equal("", MissingGrant.Advice("permission denied to terminate process"));
}
