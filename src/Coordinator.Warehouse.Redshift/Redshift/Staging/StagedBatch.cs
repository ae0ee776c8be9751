using System.Globalization;
using System.Text.Json;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Redshift.Staging;

/// <summary>A batch's files in S3 with the manifest that lists them, for one COPY. Named by the batch, so that another try overwrites them; deleted when disposed.</summary>
internal sealed partial class StagedBatch(InsertBatch batch, StagingStore store, SemaphoreSlim places, StagingOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly string _folder = $"{options.Prefix}/{batch.BatchId:N}/";

    // What no text can be, for nobody knows a batch's name before it is written.
    private readonly string _null = $"null-{batch.BatchId:N}";
    private readonly List<StagedFile> _files = [];
    private readonly HashSet<string> _keys = [];
    private IReadOnlyList<InsertIntent> _intents = [];
    private long _rows;
    private bool _hasLineBreaks;

    private string Manifest => _folder + "manifest";

    /// <summary>Writes files, over those of an earlier time. While one travels, the next is encoded; no more than two are in memory.</summary>
    public async Task PutAsync(IReadOnlyList<InsertIntent> intents, CancellationToken cancellationToken)
    {
        // Whoever calls has other things to do than to wait while rows are encoded: a grain its calls.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _intents = intents;
            _files.Clear();
            using var files = new RowFiles(batch.Schema, intents, _null, options.FileBytes);
            var travelling = Task.CompletedTask;
            for (var rowsBefore = 0L; files.Next() is { } content; rowsBefore = files.Rows)
            {
                var file = new StagedFile(string.Create(CultureInfo.InvariantCulture, $"{_folder}{_files.Count:0000}.csv.gz"), content.Length, rowsBefore);
                _files.Add(file);
                var before = travelling;
                travelling = PutAsync(before, file.Key, content, cancellationToken);
                await before.ConfigureAwait(false);
            }

            (_rows, _hasLineBreaks) = (files.Rows, files.HasLineBreaks);
            await PutAsync(travelling, Manifest, new MemoryStream(ManifestJson()), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Loads the intents that the ledger did not know: all that were staged, as a rule.</summary>
    public async Task CopyAsync(NpgsqlConnection connection, IReadOnlyList<InsertIntent> fresh, CancellationToken cancellationToken)
    {
        if (fresh.Count != _intents.Count) await PutAsync(fresh, cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlBatch(connection);
        command.BatchCommands.Add(new NpgsqlBatchCommand(await SqlAsync().ConfigureAwait(false)));
        command.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_last_copy_count()"));
        var loaded = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        if (loaded != _rows) throw new WarehouseException(FailureKind.Unavailable, string.Create(CultureInfo.InvariantCulture, $"COPY loaded {loaded} of {_rows} rows, and was rolled back."));
    }

    /// <summary>Says of a COPY that found a row at fault which row and column that was, as far as Redshift tells.</summary>
    public async Task<WarehouseException> ExplainAsync(WarehouseException failure, NpgsqlDataSource source, int processId)
    {
        if (await LoadError.FindAsync(source, processId, store.UrlOf(_folder)).ConfigureAwait(false) is not { } error) return failure;
        var file = _files.Find(file => store.UrlOf(file.Key) == error.Url);
        return new WarehouseException(FailureKind.Rejected, error.Reason, failure)
        {
            Cause = failure.Cause,
            Column = error.Column,
            Row = file is null || _hasLineBreaks ? 0 : file.RowsBefore + error.Line,
        };
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await store.DeleteAsync(_keys, CancellationToken.None).ConfigureAwait(false);
        }
        catch (WarehouseException failure)
        {
            // The batch is committed or not, whatever becomes of its files; the sweep takes them.
            LogLeft(_folder, failure.Message);
        }
    }

    private async Task PutAsync(Task before, string key, Stream content, CancellationToken cancellationToken)
    {
        await using var sent = content;
        await before.ConfigureAwait(false);
        _keys.Add(key);
        await store.PutAsync(key, sent, cancellationToken).ConfigureAwait(false);
    }

    private byte[] ManifestJson() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        entries = _files.Select(file => new { url = store.UrlOf(file.Key), mandatory = true, meta = new { content_length = file.Bytes } }),
    });

    private async Task<string> SqlAsync()
    {
        var columns = string.Join(", ", _intents[0].Rows.Schema.Names.Select(SqlName.Of));
        var region = options.Region.Length > 0 ? $" REGION '{options.Region}'" : "";
        return $"COPY {SqlName.Of(batch.Schema.Table)} ({columns}) FROM '{store.UrlOf(Manifest)}' {await store.AuthorizationAsync().ConfigureAwait(false)}{region} MANIFEST FORMAT AS CSV GZIP NULL AS '{_null}' COMPUPDATE OFF STATUPDATE OFF";
    }

    [LoggerMessage(3212, LogLevel.Warning, "The staged files in {Folder} are not deleted yet: {Reason}")]
    private partial void LogLeft(string folder, string reason);
}
