using Coordinator.Core.Auditing;
using Coordinator.Core.Binding;
using Coordinator.Core.Searching;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;

namespace Coordinator.IntegrationTests.Warehouses;

/// <summary>The contract of every warehouse. A back end derives from it and implements direct access to its database without the adapter. Each
/// test gets an empty database.</summary>
public abstract partial class WarehouseContract
{
    protected static readonly TableName Events = TableName.Parse("events");
    protected static readonly RowSchema EventColumns = new(("id", ColumnType.Int64), ("name", ColumnType.Text));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected abstract IWarehouse Warehouse { get; }

    private LedgerSearch Search => new(Warehouse);

    protected abstract ILedgerReader Ledgers { get; }

    protected static CancellationToken Token => new CancellationTokenSource(Patience).Token;

    /// <summary>Runs SQL directly on the database.</summary>
    protected abstract Task RunAsync(string sql);

    /// <summary>One value, as plain CLR types: text and json as string, bytes as byte[], times as DateTime, dates as DateOnly.</summary>
    protected abstract Task<object?> ScalarAsync(string sql);

    protected async Task<long> CountAsync(string sql) => Convert.ToInt64(await ScalarAsync(sql), System.Globalization.CultureInfo.InvariantCulture);

    protected async Task<TableSchema> OpenEventsAsync(string table = "events", string extra = "")
    {
        await RunAsync($"CREATE TABLE {table} (id bigint NOT NULL, name varchar(40){extra})");
        return await Warehouse.OpenAsync(TableName.Parse(table), Token);
    }

    [Fact]
    public async Task A_warehouse_says_which_one_it_is()
    {
        var identity = await Warehouse.IdentifyAsync(Token);
        Assert.NotEmpty(identity);
        Assert.Equal(identity, await Warehouse.IdentifyAsync(Token));
    }

    /// <summary>Rows whose ids are first, first + 1, …</summary>
    protected static RowBlock EventRows(int count = 1, long first = 0)
    {
        var builder = new RowBlockBuilder(EventColumns);
        for (var i = 0; i < count; i++)
        {
            builder[0].Append(first + i);
            builder[1].Append($"event {first + i}");
        }

        return builder.Build();
    }

    protected static InsertIntent Intent(TableName table, IntentId id, RowBlock rows) =>
        new() { Id = id, Table = table, Rows = rows, Source = "test" };

    /// <summary>The given number of intents of one writer, with one row each, whose ids are their numbers.</summary>
    protected static InsertIntent[] Intents(TableName table, Guid origin, int count, long first = 0) =>
        [.. Enumerable.Range(0, count).Select(i => Intent(table, new IntentId(origin, first + i), EventRows(1, first + i)))];

    protected static InsertBatch Batch(TableSchema schema, params InsertIntent[] intents) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = new("activation1"),
        Intents = [.. intents.Select(intent => intent.WithRows(Bound(intent.Rows, schema)))],
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    protected static RowBlock Bound(RowBlock rows, TableSchema schema)
    {
        var bound = RowBinder.Bind(rows, schema);
        Assert.Empty(bound.Errors);
        return bound.Rows!;
    }

    protected static UpdateRun Run(string sql, IntentId id, params TableName[] writes) => new()
    {
        BatchId = Guid.NewGuid(),
        Activation = new("activation1"),
        Intent = new UpdateIntent { Id = id, Sql = sql, Writes = writes, Source = "test" },
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    protected static IntentId NewId() => new(Guid.NewGuid(), 0);

    protected static async Task<WarehouseException> FailsAsync(FailureKind kind, Func<Task> work)
    {
        var failure = await Assert.ThrowsAsync<WarehouseException>(work);
        Assert.True(failure.Kind == kind, $"{failure.Kind} instead of {kind}: {failure.Message}");
        return failure;
    }

    protected static string LedgerOf(TableName table) => $"coordinator.\"{table}\"";
}
