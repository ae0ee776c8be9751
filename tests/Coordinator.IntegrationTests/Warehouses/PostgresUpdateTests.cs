using System.Runtime.CompilerServices;
using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Npgsql.Failures;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Postgres;
using Coordinator.Warehouse.Postgres.Failures;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>PostgreSQL only: the SQL of updates.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresUpdateTests(PostgresFixture fixture) : PostgresWarehouseTestBase(fixture)
{
    [Fact]
    public async Task An_update_that_is_cancelled_is_cancelled_in_the_server()
    {
        await BatchAsync();
        var run = Update("SELECT pg_sleep(60)");
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Warehouse.ExecuteAsync(run, soon.Token));
        await EqualAsync(
            0, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()");
    }

    [Fact]
    public async Task Sql_that_ends_its_transaction_is_refused()
    {
        await BatchAsync();
        var failure = await Assert.ThrowsAsync<WarehouseException>(() =>
            Warehouse.ExecuteAsync(Update("INSERT INTO events (id) VALUES (1); COMMIT"), default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Equal("Statement 2 is COMMIT, which ends the transaction in which the SQL runs. Leave BEGIN, COMMIT and ROLLBACK to the coordinator.",
            failure.Message);
        await EqualAsync(0, "SELECT count(*) FROM events");
    }

    [Fact]
    public async Task What_ends_its_transaction_unseen_is_refused_afterwards()
    {
        await BatchAsync();
        await using var source = NpgsqlDataSource.Create(Database.ConnectionString);
        await using var pool = new ConnectionPool(source, new StrongBox<int>(), TimeProvider.System);
        var watch = new StatementWatch(TimeSpan.FromMinutes(1), new LostStatement(pool), TimeProvider.System, NullLogger.Instance);
        await using var transaction = await OpenTransaction.BeginAsync(
            await source.OpenConnectionAsync(), System.Data.IsolationLevel.Serializable, watch, default);
        var failure = await Assert.ThrowsAsync<WarehouseException>(
            () => transaction.RunAsync(SqlText.Split("INSERT INTO events (id) VALUES (1); COMMIT"), static e =>
                WarehouseFailure.Of(e, TransactionStage.Work), default));
        Assert.Equal(FailureKind.Rejected, failure.Kind);
        Assert.Contains("leave out BEGIN", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Savepoints_end_nothing_and_are_the_update_s_own()
    {
        await BatchAsync();
        const string Sql = "SAVEPOINT a; INSERT INTO events (id) VALUES (1); ROLLBACK TO SAVEPOINT a; INSERT INTO events (id) VALUES (2); RELEASE a";
        Assert.Equal([0, 1, 0, 1, 0], (await Warehouse.ExecuteAsync(Update(Sql), default)).StatementRows);
        await EqualAsync(2, "SELECT sum(id)::bigint FROM events");
    }

    [Fact]
    public async Task A_function_s_body_may_hold_END_and_a_procedure_s_COMMIT()
    {
        await BatchAsync();
        await Warehouse.ExecuteAsync(
            Update("""
                CREATE FUNCTION three() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 3; END;
                CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
                DO $$ DECLARE commit int := 1; BEGIN commit := three(); INSERT INTO events (id) VALUES (commit); END $$
                """),
            default);
        await EqualAsync(3, "SELECT sum(id)::bigint FROM events");
    }

    [Fact]
    public async Task What_an_update_sets_does_not_stay_in_the_session()
    {
        await BatchAsync();
        var alone = Database.Connect("coordinator/silo2", ";Maximum Pool Size=1");
        await alone.ExecuteAsync(Update("SET search_path = pg_catalog; SET lock_timeout = 1; CREATE TEMP TABLE events (id int)"), default);
        var result = await alone.ExecuteAsync(Update("UPDATE public.events SET name = current_setting('search_path') || "
            + "current_setting('lock_timeout'); SELECT * FROM events"), default);
        Assert.Null(result.Already);
        await EqualAsync(0, "SELECT count(*) FROM events WHERE name <> '\"$user\", public0'");
    }
}
