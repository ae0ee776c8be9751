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

    public DuckDbBench(string connectionString = ":memory:", TimeProvider? time = null)
    {
        var options = Options.Create(new DuckDbWarehouseOptions { ConnectionString = connectionString });
        _connections = new DuckDbConnections(options, NullLogger<DuckDbConnections>.Instance);
        Warehouse = new DuckDbWarehouse(_connections, options, time ?? TimeProvider.System);
    }

    public DuckDbWarehouse Warehouse { get; }

    public Core.Searching.LedgerSearch Ledgers => new(Warehouse);

    public static IntentId Id(long sequence) => new(IntentId.OriginOf("bench"), sequence);

    public static InsertIntent Insert(TableName table, long sequence, params (string Column, long Value)[] values)
    {
        var rows = new RowBlockBuilder(new RowSchema([.. values.Select(static v => (v.Column, ColumnType.Int64))]));
        for (var i = 0; i < values.Length; i++) rows[i].Append(values[i].Value);
        return new InsertIntent { Id = Id(sequence), Table = table, Rows = rows.Build() };
    }

    /// <summary>An intent of one column.</summary>
    public static InsertIntent Insert(TableName table, long sequence, string column, ColumnType type, params object?[] values) =>
        Insert(table, sequence, Rows((column, type, values)));

    public static InsertIntent Insert(TableName table, long sequence, RowBlock rows) => new() { Id = Id(sequence), Table = table, Rows = rows };

    /// <summary>Rows as binding produces them; <see cref="DBNull"/> stands for an absent value.</summary>
    public static RowBlock Rows(params (string Name, ColumnType Type, object?[] Values)[] columns)
    {
        var rows = new RowBlockBuilder(new RowSchema([.. columns.Select(static c => (c.Name, c.Type))]));
        for (var i = 0; i < columns.Length; i++)
        {
            foreach (var value in columns[i].Values) Append(rows[i], value);
        }

        return rows.Build();
    }

    public static InsertBatch Batch(TableSchema schema, params InsertIntent[] intents) => new()
    {
        BatchId = Guid.NewGuid(),
        Schema = schema,
        Activation = new("bench"),
        Intents = intents,
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    public static UpdateRun Update(string sql, long sequence, params TableName[] writes) => new()
    {
        BatchId = Guid.NewGuid(),
        Activation = new("bench"),
        Intent = new UpdateIntent { Id = Id(sequence), Sql = sql, Writes = writes },
        MayCommit = static _ => ValueTask.FromResult(true),
    };

    public static async Task<WarehouseException> FailsAsync(FailureKind kind, Func<Task> work)
    {
        var failure = await Assert.ThrowsAsync<WarehouseException>(work);
        Assert.True(failure.Kind == kind, $"{failure.Kind} instead of {kind}: {failure.Message}");
        return failure;
    }

    public async Task<TableSchema> OpenAsync(TableName table, string columns)
    {
        await RunAsync($"CREATE TABLE {DuckDbSql.Quote(table)} ({columns})");
        return await Warehouse.OpenAsync(table, CancellationToken.None);
    }

    public async Task<BatchResult> CommitAsync(TableSchema schema, params InsertIntent[] intents) =>
        await Warehouse.CommitAsync(Batch(schema, intents), CancellationToken.None);

    /// <summary>Starts as a silo does that names a setup script.</summary>
    public Task SetUpAsync(string script) =>
        new DuckDbSetup(_connections, Options.Create(new DuckDbWarehouseOptions { SetupScript = script }), NullLogger<DuckDbSetup>.Instance)
            .StartingAsync(CancellationToken.None);

    public async Task RunAsync(string sql)
    {
        using var session = await _connections.RentAsync(CancellationToken.None);
        await session.RunAsync(s => s.Execute(sql), CancellationToken.None);
    }

    /// <summary>A transaction of another writer, which ends when it is rolled back or disposed.</summary>
    public async Task<DuckDbSession> OpenTransactionAsync(string sql)
    {
        var session = await _connections.RentAsync(CancellationToken.None);
        await session.RunAsync(
            s =>
            {
                s.Begin();
                return s.Execute(sql);
            },
            CancellationToken.None);
        return session;
    }

    public async Task<List<string>> ReadAsync(string sql)
    {
        using var session = await _connections.RentAsync(CancellationToken.None);
        return await session.RunAsync(s =>
            s.Query(sql, static r => Convert.ToString(r.GetValue(0), System.Globalization.CultureInfo.InvariantCulture) ?? "null"),
            CancellationToken.None);
    }

    public void Dispose()
    {
        Warehouse.Dispose();
        _connections.Dispose();
    }

    private static void Append(ColumnBuilder column, object? value)
    {
        switch (value)
        {
            case null: column.AppendNull(); break;
            case DBNull: column.AppendAbsent(); break;
            case int number: column.Append((long)number); break;
            case long number: column.Append(number); break;
            case double number: column.Append(number); break;
            case decimal number: column.Append(number); break;
            case bool flag: column.Append(flag); break;
            case string text: column.Append(text); break;
            case byte[] bytes: column.Append(bytes); break;
            case Guid uuid: column.Append(uuid); break;
            case DateOnly date: column.Append(date); break;
            case DateTime time: column.AppendTimestamp(time); break;
            case DateTimeOffset time: column.Append(time); break;
            default: throw new NotSupportedException($"{value.GetType()} has no column.");
        }
    }
}
