using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Inserting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>Decides which batches are staged, and how many at the same time.</summary>
internal sealed partial class StagingArea(StagingOptions options, TimeProvider time, ILogger<StagingArea> logger) : IDisposable
{
    private readonly StagingStore? _store = options.Bucket.Length > 0 ? new StagingStore(options) : null;
    private readonly SemaphoreSlim _places = new(options.MaxConcurrent);

    /// <summary>Uploads a large batch, or one with a value that no INSERT takes, to S3, before its transaction begins; null for one that is sent
    /// with INSERTs. That includes a batch whose rows have different columns, which is rare: a column without a default is null in every row
    /// that omits it.</summary>
    public async Task<StagedBatch?> StageAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        if (_store is null || !(IsLarge(batch) || HasLargeValue(batch))) return null;
        if (RowGroup.Split(batch.Schema, batch.Intents) is not [var group]) return null;
        var staged = new StagedBatch(batch, _store, _places, options, logger);
        try
        {
            await staged.PutAsync(group, cancellationToken).ConfigureAwait(false);
            return staged;
        }
        catch
        {
            await staged.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private bool IsLarge(InsertBatch batch) => batch.Intents.Sum(static intent => (long)intent.Rows.SizeBytes) >= options.FromBytes;

    /// <summary>Whether a value is too long for an INSERT.</summary>
    private static bool HasLargeValue(InsertBatch batch)
    {
        var mayBe = batch.Intents.Select(static intent => intent.Rows).Where(static rows => 2 * rows.SizeBytes > ValueWriter.MaxArgumentBytes);
        foreach (var rows in mayBe)
        {
            for (var i = 0; i < rows.Schema.Count; i++)
            {
                if (batch.Schema.Find(rows.Schema.Names[i]) is not { Type: WarehouseType.Json or WarehouseType.Bytes } target) continue;
                var (writer, column) = (new ValueWriter(target), rows.Column(i));
                for (var row = 0; row < rows.RowCount; row++)
                {
                    if (!writer.Takes(column, row)) return true;
                }
            }
        }

        return false;
    }

    /// <summary>Deletes files that crashed silos left behind.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (_store is null) return;
        try
        {
            var deleted = await _store.SweepAsync(time.GetUtcNow() - options.Retention, cancellationToken).ConfigureAwait(false);
            if (deleted > 0) LogSwept(deleted, options.Bucket);
        }
        catch (WarehouseException failure)
        {
            LogNotSwept(failure.Message);
        }
    }

    public void Dispose()
    {
        _store?.Dispose();
        _places.Dispose();
    }

    [LoggerMessage(3210, LogLevel.Information, "{Count} staged files that had been left behind in bucket {Bucket} are deleted")]
    private partial void LogSwept(int count, string bucket);

    [LoggerMessage(3211, LogLevel.Warning, "Staged files that were left behind are not deleted yet: {Reason}")]
    private partial void LogNotSwept(string reason);
}
