using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Coordinator.TestServers;
using Coordinator.Warehouse.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>How an open transaction affects inserts into unrelated tables.</summary>
public sealed class PostgresIsolationTests
{
    private const int Batches = 600;

    [Theory]
    [InlineData(InsertIsolation.Serializable, false)]
    [InlineData(InsertIsolation.RepeatableRead, true)]
    public async Task Beside_a_long_serializable_transaction(InsertIsolation isolation, bool allCommit)
    {
        // PostgreSQL remembers about ten times this many transactions.
        await using var postgres = await PostgresServer.StartAsync(
            "max_connections=12", "autovacuum_max_workers=1", "max_worker_processes=0", "max_wal_senders=0", "fsync=off");
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using (var create = source.CreateCommand(
            "CREATE TABLE events (id bigint NOT NULL); CREATE TABLE summary (n bigint)")) await create.ExecuteNonQueryAsync();
        await using var services = new ServiceCollection().AddLogging()
            .AddPostgresWarehouse(options =>
                (options.ConnectionString, options.InsertIsolation, options.MaxPoolSize) = (postgres.ConnectionString, isolation, 4))
            .BuildServiceProvider();
        var warehouse = services.GetRequiredService<IWarehouse>();
        var schema = await warehouse.OpenAsync(TableName.Parse("events"), default);
        await warehouse.CommitAsync(OneRowBatch.Of(schema, 0), default);

        await using var connection = await source.OpenConnectionAsync();
        await using var open = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
        await using (var write = new NpgsqlCommand("INSERT INTO summary VALUES (1)", connection, open)) await write.ExecuteNonQueryAsync();
        var failures = new List<WarehouseException>();
        for (var i = 1; i <= Batches && failures.Count == 0; i++)
        {
            try
            {
                await warehouse.CommitAsync(OneRowBatch.Of(schema, i), default);
            }
            catch (WarehouseException failure)
            {
                failures.Add(failure);
            }
        }

        Assert.Equal(allCommit, failures.Count == 0);
        Assert.All(failures, static failure => Assert.Equal((FailureKind.Conflict, false), (failure.Kind, failure.IsOverlap)));
        await open.CommitAsync();
    }
}
