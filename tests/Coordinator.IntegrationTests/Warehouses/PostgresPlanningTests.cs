using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>How the server plans the statements of every insert.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresPlanningTests(PostgresFixture fixture)
{
    private const int Batches = 12;

    /// <summary>A trigger of the table inspects the inserting session: its settings, and the plans of its prepared statements.</summary>
    [Fact]
    public async Task A_session_plans_its_queries_once_and_the_tables_triggers_as_usual()
    {
        await using var database = await PostgresDatabase.CreateAsync(fixture.Server);
        await database.RunAsync("""
            CREATE TABLE events (id bigint);
            CREATE TABLE seen (settings text, statement text, custom bigint, generic bigint);
            CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
                INSERT INTO seen SELECT current_setting(''plan_cache_mode'') || '' '' || current_setting(''enable_seqscan''), statement, custom_plans, generic_plans
                FROM pg_prepared_statements WHERE statement LIKE ''SELECT%''; RETURN NULL; END';
            CREATE TRIGGER look AFTER INSERT ON events EXECUTE FUNCTION look()
            """);
        var events = TableName.Parse("events");
        var schema = await database.Warehouse.OpenAsync(events, default);
        for (var i = 0; i < Batches; i++) await database.Warehouse.CommitAsync(OneRowBatch.Of(schema, i), default);

        Assert.Equal("auto on", await database.ScalarAsync("SELECT string_agg(DISTINCT settings, ',') FROM seen"));
        // The ledger check and the fingerprint of the table.
        Assert.Equal(2L, await database.ScalarAsync("SELECT count(DISTINCT statement) FROM seen WHERE generic >= 5"));
        Assert.Equal(0L, await database.ScalarAsync("SELECT max(custom) FROM seen WHERE statement LIKE '%#ledger%' OR statement LIKE '%unnest%'"));
        Assert.True((long)(await database.ScalarAsync("SELECT max(custom) FROM seen"))! <= 5, "The fingerprint is planned anew each time.");
    }
}
