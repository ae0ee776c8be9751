using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Rows;
using Coordinator.Tables;
using Coordinator.Warehouse.DuckDb;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Warehouses.DuckDb;

/// <summary>A database in memory, and a warehouse on it.</summary>
internal sealed class DuckDbBench : IDisposable
{
    private readonly DuckDbConnections _connections;

    public DuckDbBench(string connectionString = ":memory:")
    {
        var options = Options.Create(new DuckDbWarehouseOptions { ConnectionString = connectionString });
        _connections = new DuckDbConnections(options, NullLogger<DuckDbConnections>.Instance);
        Warehouse = new DuckDbWarehouse(_connections, TimeProvider.System);
    }

    public DuckDbWarehouse Warehouse { get; }

    public static IntentId Id(long sequence) => new(IntentId.OriginOf("bench"), sequence);

    public static InsertIntent Insert(TableName table, long sequence, params (string Column, long Value)[] values)
    {
        var rows = new RowBlockBuilder(new RowSchema([.. values.Select(static v => (v.Column, ColumnType.Int64))]));
        for (var i = 0; i < values.Length; i++) rows[i].Append(values[i].Value);
        return new InsertIntent { Id = Id(sequence), Table = table, Rows = rows.Build() };
    }

    public static InsertBatch Batch(TableSchema schema, params InsertIntent[] intents) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = "bench",
        Intents = intents,
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    public static UpdateRun Update(string sql, long sequence, params TableName[] writes) => new()
    {
        BatchId = Guid.NewGuid(),
        Activation = "bench",
        Intent = new UpdateIntent { Id = Id(sequence), Sql = sql, Writes = writes },
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    public async Task RunAsync(string sql)
    {
        using var session = await _connections.RentAsync(CancellationToken.None);
        await session.RunAsync(s => s.Execute(sql), CancellationToken.None);
    }

    public async Task<List<string>> ReadAsync(string sql)
    {
        using var session = await _connections.RentAsync(CancellationToken.None);
        return await session.RunAsync(s => s.Query(sql, static r => Convert.ToString(r.GetValue(0), System.Globalization.CultureInfo.InvariantCulture) ?? "null"), CancellationToken.None);
    }

    public void Dispose()
    {
        Warehouse.Dispose();
        _connections.Dispose();
    }
}
