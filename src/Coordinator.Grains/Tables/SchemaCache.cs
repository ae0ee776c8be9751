using Coordinator.Core.Warehouses;
using Coordinator.Tables;
using Polly;

namespace Coordinator.Grains.Tables;

/// <summary>A table's columns, read once an activation, again before an intent is rejected that does not fit them, and again when a transaction finds others.</summary>
internal sealed class SchemaCache
{
    // A stream of misfits must not become a stream of catalog queries.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly OneAtATime<TableSchema> _readings;

    public SchemaCache(IWarehouse warehouse, TableName table, ResiliencePipeline retry, TimeProvider clock) => _readings = new OneAtATime<TableSchema>(
        async cancellationToken => Set(await retry.ExecuteAsync(async token => await warehouse.OpenAsync(table, token), cancellationToken)), Pause, clock);

    /// <summary>Called when another table is read than the last time, with what differs.</summary>
    public Action<string>? OnChanged { get; init; }

    /// <summary>The columns as last read; null before the first time.</summary>
    public TableSchema? Current { get; private set; }

    /// <summary>The columns as they are after this call. Callers at the same time share one reading.</summary>
    public Task<TableSchema> ReadAsync(CancellationToken cancellationToken) => _readings.AskAsync(cancellationToken);

    private TableSchema Set(TableSchema schema)
    {
        // The same object for the same table: what was bound to it stays bound.
        if (Current is { } same && same.Fingerprint == schema.Fingerprint && schema.Fingerprint.Length > 0) return same;
        var before = Current;
        Current = schema;
        if (before is not null) OnChanged?.Invoke(SchemaChange.Describe(before, schema));
        return schema;
    }
}
