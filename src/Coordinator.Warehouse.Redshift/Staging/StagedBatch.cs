using System.Globalization;
using System.Text.Json;
using Coordinator.Core.Binding;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>A batch's files in S3 with their manifest, for one COPY. The batch id is part of their names, so that another try overwrites them.
/// Disposing deletes them.</summary>
internal sealed partial class StagedBatch(InsertBatch batch, StagingStore store, SemaphoreSlim places, StagingOptions options, ILogger logger)
    : IAsyncDisposable
{
    private const int FilesAtOnce = 2;

    private readonly string _folder = $"{options.Prefix}/{batch.BatchId:N}/";

    // No text can equal this marker, because the batch id is unknown before the batch is written.
    private readonly string _null = $"null-{batch.BatchId:N}";
    private readonly HashSet<string> _keys = [];
    private RowGroup _group = null!;
    private StagedFile[] _files = [];
    private string Manifest => _folder + "manifest";

    /// <summary>Uploads files, over those of an earlier try, two at a time: no more are in memory.</summary>
    public async Task PutAsync(RowGroup group, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var types = group.Columns.Select(static column => column.Type).ToArray();
            var files = FileRows.Divide(group.Blocks, options.FileBytes);
            (_group, _files) = (group, new StagedFile[files.Count]);
            _keys.UnionWith(files.Select(KeyOf).Append(Manifest));
            await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken },
                PutAsync).ConfigureAwait(false);
            using var manifest = new MemoryStream(ManifestJson());
            await store.PutAsync(Manifest, manifest, cancellationToken).ConfigureAwait(false);

            async ValueTask PutAsync(FileRows file, CancellationToken token)
            {
                var (content, hasLineBreaks) = file.Encode(types, _null);
                await using (content.ConfigureAwait(false))
                {
                    _files[file.Number] = new StagedFile(store.UrlOf(KeyOf(file)), content.Length, file.RowsBefore, hasLineBreaks);
                    await store.PutAsync(KeyOf(file), content, token).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Loads the intents that are not in the ledger: usually all that were staged. A subset of rows with the same columns is staged
    /// again.</summary>
    public async Task CopyAsync(NpgsqlConnection connection, IReadOnlyList<InsertIntent> fresh, CancellationToken cancellationToken)
    {
        if (fresh.Count != batch.Intents.Count)
        {
            await PutAsync(RowGroup.Split(batch.Schema, fresh).Single(), cancellationToken).ConfigureAwait(false);
        }

        await using var command = new NpgsqlBatch(connection);
        command.BatchCommands.Add(new NpgsqlBatchCommand(await SqlAsync().ConfigureAwait(false)));
        command.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_last_copy_count()"));
        var loaded = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        if (loaded != _group.RowCount)
            throw new WarehouseException(FailureKind.Unavailable,
                string.Create(CultureInfo.InvariantCulture, $"COPY loaded {loaded} of {_group.RowCount} rows, and was rolled back."));
    }

    /// <summary>Adds the row and column to the failure of a COPY, as far as Redshift reports them.</summary>
    public async Task<WarehouseException> ExplainAsync(WarehouseException failure, SessionPool source, int processId)
    {
        if (await LoadError.FindAsync(source, processId, store.UrlOf(_folder)).ConfigureAwait(false) is not { } error) return failure;
        var file = Array.Find(_files, file => file.Url == error.Url);
        return new WarehouseException(FailureKind.Rejected, error.Reason, failure) { Cause = failure.Cause, Column = error.Column, IsOfRow = true }
            .InRow(file is null or { HasLineBreaks: true } ? null : _group.Find(file.RowsBefore + error.Line));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await store.DeleteAsync(_keys, CancellationToken.None).ConfigureAwait(false);
        }
        catch (WarehouseException failure)
        {
            // The outcome of the batch does not depend on its files. The sweep deletes them later.
            LogLeft(_folder, failure.Message);
        }
    }

    private string KeyOf(FileRows file) => string.Create(CultureInfo.InvariantCulture, $"{_folder}{file.Number:0000}.csv.gz");

    private byte[] ManifestJson() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        entries = _files.Select(static file => new { url = file.Url, mandatory = true, meta = new { content_length = file.Bytes } }),
    });

    private async Task<string> SqlAsync()
    {
        var columns = string.Join(", ", _group.Columns.Select(static column => column.SqlName));
        var region = options.Region.Length > 0 ? $" REGION '{options.Region}'" : "";
        return $"COPY {batch.Schema.SqlName} ({columns}) FROM '{store.UrlOf(Manifest)}' "
            + $"{await store.AuthorizationAsync().ConfigureAwait(false)}{region} MANIFEST FORMAT AS CSV GZIP NULL AS '{_null}' COMPUPDATE OFF "
            + $"STATUPDATE OFF";
    }

    [LoggerMessage(3212, LogLevel.Warning, "The staged files in {Folder} are not deleted yet: {Reason}")]
    private partial void LogLeft(string folder, string reason);
}
