using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Polly;

namespace Coordinator.Grains.Tables;

/// <summary>A table's columns, read once an activation, and again when an intent does not fit what was read.</summary>
internal sealed class SchemaCache(IWarehouse warehouse, TableName table, ResiliencePipeline retry, TimeProvider clock)
{
    // A stream of misfits must not become a stream of catalog queries.
    private static readonly TimeSpan MinAge = TimeSpan.FromSeconds(5);

    private Task<TableSchema>? _reading;
    private long _readAt;

    /// <summary>Called when another table is read than the last time, with what differs.</summary>
    public Action<string>? OnChanged { get; init; }

    /// <summary>The columns as last read; null before the first time.</summary>
    public TableSchema? Current { get; private set; }

    /// <summary>True if reading again may teach something.</summary>
    public bool IsStale => clock.GetElapsedTime(_readAt) >= MinAge;

    /// <summary>Reads the columns now. Callers at the same time share one reading.</summary>
    public async Task<TableSchema> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = _reading ??= retry.ExecuteAsync(async token => await warehouse.OpenAsync(table, token), cancellationToken).AsTask();
        try
        {
            var schema = await reading;
            return ReferenceEquals(_reading, reading) ? Set(schema) : schema;
        }
        finally
        {
            if (ReferenceEquals(_reading, reading)) _reading = null;
        }
    }

    private TableSchema Set(TableSchema schema)
    {
        var before = Current;
        _readAt = clock.GetTimestamp();
        // The same object for the same table: what was bound to it stays bound.
        if (before is not null && before.Fingerprint == schema.Fingerprint && schema.Fingerprint.Length > 0) return before;
        Current = schema;
        if (before is not null) OnChanged?.Invoke(SchemaChange.Describe(before, schema));
        return schema;
    }
}
