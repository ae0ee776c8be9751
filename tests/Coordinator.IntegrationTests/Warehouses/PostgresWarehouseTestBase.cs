using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>A database of its own for each test, and a warehouse on it.</summary>
public abstract class PostgresWarehouseTestBase(PostgresFixture fixture) : IAsyncLifetime
{
    private protected static readonly TableName Events = TableName.Parse("events");

    private protected PostgresDatabase Database { get; private set; } = null!;
    private protected IWarehouse Warehouse => Database.Warehouse;

    public async Task InitializeAsync() => Database = await PostgresDatabase.CreateAsync(fixture.Server);

    public async Task DisposeAsync() => await Database.DisposeAsync();

    private protected async Task<InsertBatch> BatchAsync(string extra = "")
    {
        await Database.RunAsync($"CREATE TABLE events (id bigint NOT NULL, name varchar(40){extra})");
        var rows = new RowBlockBuilder(new RowSchema(("id", ColumnType.Int64)));
        for (var i = 0L; i < 3; i++) rows[0].Append(i);
        return Batch(await Warehouse.OpenAsync(Events, default), rows.Build());
    }

    private protected static InsertBatch Batch(TableSchema schema, RowBlock rows) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = new("activation1"),
        Intents = [new InsertIntent { Id = new IntentId(Guid.NewGuid(), 0), Table = Events, Rows = RowBinder.Bind(rows, schema).Rows! }],
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    private protected static UpdateRun Update(string sql) => new()
    {
        BatchId = Guid.NewGuid(),
        Activation = new("activation1"),
        Intent = new UpdateIntent { Id = new IntentId(Guid.NewGuid(), 0), Sql = sql, Writes = [Events] },
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    private protected async Task KillAsync(string applicationName) => await Database.RunAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{applicationName}' AND datname = current_database()");

    private protected Task WaitForAsync(string activity) => Eventually.TrueAsync($"a session shows {activity}", async _ =>
        (long)(await Database.ScalarAsync($"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {activity}"))! > 0);

    private protected async Task EqualAsync(long expected, string sql) => Assert.Equal(expected, await Database.ScalarAsync(sql));
}
