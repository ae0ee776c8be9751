using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.IntegrationTests.Warehouses;
using Coordinator.Intents;
using Coordinator.RedshiftSimulator;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.Warehouse.Redshift;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coordinator.IntegrationTests.Redshift;

/// <summary>A simulated Redshift with a table, and a warehouse on it.</summary>
public abstract class RedshiftTestBase(PostgresFixture fixture)
{
    private protected static readonly TableName Events = TableName.Parse("events");
    private protected static readonly RowSchema Columns = new(("id", ColumnType.Int64), ("name", ColumnType.Text));

    private protected static ServiceProvider Services(
        SimulatedRedshift redshift, TimeProvider? time = null, TimeSpan? frozenAfter = null)
    {
        var services = new ServiceCollection().AddLogging().AddRedshiftWarehouse(options =>
        {
            options.ConnectionString = redshift.ConnectionString;
            options.FenceTimeout = TimeSpan.FromMilliseconds(500);
            options.FrozenAfter = frozenAfter ?? TimeSpan.FromSeconds(1);
        });
        if (time is not null) services.AddSingleton(time);
        return services.BuildServiceProvider();
    }

    private protected async Task<SimulatedRedshift> StartAsync(IsolationLevel isolation, Func<SimulatorOptions, SimulatorOptions>? configure = null)
    {
        var redshift = await SimulatedRedshift.StartAsync(fixture.Server, isolation, configure);
        await redshift.RunBehindAsync("CREATE TABLE events (id bigint NOT NULL, name varchar(40))");
        return redshift;
    }

    internal static InsertBatch Batch(TableSchema schema, long first, int count)
    {
        var intents = new List<InsertIntent>();
        for (var i = 0; i < count; i++)
        {
            var rows = new RowBlockBuilder(Columns);
            rows[0].Append(first + i);
            rows[1].Append("x");
            intents.Add(new InsertIntent
            {
                Id = new IntentId(new Guid(7, 7, 7, [0, 0, 0, 0, 0, 0, 0, 0]), first + i),
                Table = schema.Table,
                Rows = RowBinder.Bind(rows.Build(), schema).Rows!,
            });
        }

        return Batch(schema, intents);
    }

    private protected static InsertBatch Batch(TableSchema schema, long sequence, RowBlock rows) => Batch(
        schema,
        [new InsertIntent { Id = new IntentId(Guid.NewGuid(), sequence), Table = schema.Table, Rows = RowBinder.Bind(rows, schema).Rows! }]);

    private protected static InsertBatch Batch(TableSchema schema, IReadOnlyList<InsertIntent> intents) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = new("activation1"),
        Intents = intents,
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    private protected static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
