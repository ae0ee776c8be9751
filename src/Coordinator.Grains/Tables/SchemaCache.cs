using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Tables;

namespace Coordinator.Grains.Tables;

/// <summary>A table's columns, read once for each activation, again before an intent that does not fit is rejected, and again when a transaction
/// finds other columns.</summary>
internal sealed class SchemaCache(
    IWarehouse warehouse, TableName table, WarehouseRetry retry, Action<WarehouseException> onRetry, TimeProvider clock)
{
    // Limits the catalog queries that many unfitting intents cause.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Null while there is nothing to ask.
    private OneAtATime<TableSchema>? _looks;
    private OneAtATime<TableSchema>? _readings;

    /// <summary>Called with the difference when the table has changed since the last read.</summary>
    public Action<string>? OnChanged { get; init; }

    /// <summary>The last read columns; null before the first read.</summary>
    public TableSchema? Current { get; private set; }

    /// <summary>Reads the columns after this call. Concurrent callers share one read.</summary>
    public Task<TableSchema> ReadAsync(CancellationToken cancellationToken) =>
        (_readings ??= new OneAtATime<TableSchema>(ReadWithRetriesAsync, Pause, clock)).AskAsync(cancellationToken);

    /// <summary>Reads the columns as <see cref="ReadAsync"/> does, without retries.</summary>
    public Task<TableSchema> LookAsync(CancellationToken cancellationToken) =>
        (_looks ??= new OneAtATime<TableSchema>(OpenAsync, TimeSpan.Zero, clock)).AskAsync(cancellationToken);

    /// <summary>Lets go of what only queries need, if none runs or was made a moment ago.</summary>
    public void Rest()
    {
        if (_looks is { IsQuiet: true }) _looks = null;
        if (_readings is { IsQuiet: true }) _readings = null;
    }

    private async Task<TableSchema> ReadWithRetriesAsync(CancellationToken cancellationToken) =>
        await retry.ExecuteAsync(async token => await OpenAsync(token), onRetry, cancellationToken);

    private async Task<TableSchema> OpenAsync(CancellationToken cancellationToken) => Set(await warehouse.OpenAsync(table, cancellationToken));

    private TableSchema Set(TableSchema schema)
    {
        // The same object for the same table, so that bound rows stay bound.
        if (Current is { } same && same.Fingerprint == schema.Fingerprint && schema.Fingerprint.Length > 0) return same;
        var before = Current;
        Current = schema;
        if (before is not null) OnChanged?.Invoke(SchemaChange.Describe(before, schema));
        return schema;
    }
}
