using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Tables;
using Npgsql;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>PostgreSQL only: waits and conflicts at the fence.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresRivalTests(PostgresFixture fixture) : PostgresWarehouseTestBase(fixture)
{
    [Fact]
    public async Task What_the_sessions_last_update_read_is_not_taken_for_read_by_the_next()
    {
        await Database.RunAsync("CREATE TABLE orders (id bigint); CREATE TABLE summary (id bigint); CREATE TABLE other (id bigint)");
        // While this transaction is open the server keeps and shows the predicate locks of the reads.
        await using var bystander = new NpgsqlConnection(Database.ConnectionString);
        await bystander.OpenAsync();
        await using var transaction = await bystander.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        await using (var look = new NpgsqlCommand("SELECT count(*) FROM other", bystander, transaction)) await look.ExecuteScalarAsync();
        await Warehouse.ExecuteAsync(
            new UpdateRun
            {
                BatchId = Guid.NewGuid(),
                Activation = new("activation1"),
                Intent = new UpdateIntent
                {
                    Id = new IntentId(Guid.NewGuid(), 0),
                    Sql = "INSERT INTO summary SELECT count(*) FROM orders",
                    Writes = [TableName.Parse("summary")],
                    Source = "test"
                },
                MayCommit = static _ => ValueTask.FromResult(true),
            },
            default);
        await EqualAsync(1, "SELECT count(*) FROM pg_locks WHERE mode = 'SIReadLock' AND relation = 'orders'::regclass");

        var found = Assert.Single(await Warehouse.FindTablesAsync("INSERT INTO summary VALUES (1)", default));

        Assert.Empty(found.Reads);
        Assert.Equal([TableName.Parse("summary")], found.Writes);
    }

    [Fact]
    public async Task A_second_activation_waits_at_the_fence_and_fails_when_the_first_commits()
    {
        var batch = await BatchAsync();
        var rival = Database.Connect("coordinator/silo2", fenceTimeout: TimeSpan.FromMinutes(1));
        var gate = new CommitGate();
        var first = Warehouse.CommitAsync(batch with { MayCommit = gate.Check }, default);
        await gate.Reached;
        var second = Assert.ThrowsAsync<WarehouseException>(() =>
            rival.CommitAsync(batch with { BatchId = Guid.NewGuid(), Activation = new("activation2") }, default));
        await WaitForAsync("wait_event_type = 'Lock' AND application_name = 'coordinator/silo2'");
        gate.Open();
        await first;
        var failure = await second;
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.True(failure.IsOverlap);
        Assert.Single((await rival.CommitAsync(batch, default)).Already);
        await EqualAsync(3, "SELECT count(*) FROM events");
    }

    [Theory]
    [InlineData("")]
    [InlineData("COPY events FROM STDIN")]
    public async Task What_a_frozen_activation_left_open_is_ended_by_its_successor(string under)
    {
        var batch = await BatchAsync();
        await using var frozen = new NpgsqlConnection(Database.ConnectionString + ";Pooling=false;Application Name=frozen");
        await frozen.OpenAsync();
        await using var begin = new NpgsqlCommand("BEGIN; UPDATE coordinator.\"public.events#fence\" SET activation = 'frozen'", frozen);
        await begin.ExecuteNonQueryAsync();
        if (under.Length > 0) _ = await frozen.BeginTextImportAsync(under);
        await WaitForAsync(
            "application_name = 'frozen' AND wait_event_type = 'Client' AND state_change < clock_timestamp() - interval '1.1 seconds'");
        Assert.Empty((await Warehouse.CommitAsync(batch with { Activation = new("successor") }, default)).Already);
        await EqualAsync(0, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'frozen'");
    }

    [Fact]
    public async Task A_conflict_with_a_session_that_passed_no_fence_is_no_overlap()
    {
        await BatchAsync();
        var run = Update("UPDATE events SET name = 'a'") with
        {
            Intent = Update("SELECT count(*) FROM events; UPDATE others SET id = id + 1").Intent,
        };
        await Database.RunAsync("CREATE TABLE others (id int); INSERT INTO others VALUES (1)");
        await Database.RunAsync("""
            CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE serialization_failure; END';
            CREATE TRIGGER meddle BEFORE UPDATE ON others FOR EACH ROW EXECUTE FUNCTION meddle()
            """);
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => Warehouse.ExecuteAsync(run, default));
        Assert.Equal(FailureKind.Conflict, failure.Kind);
        Assert.False(failure.IsOverlap);
    }
}
