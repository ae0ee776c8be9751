using System.IO.Compression;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Microsoft.IO;

namespace Coordinator.Warehouse.Redshift.Redshift.Staging;

/// <summary>Divides a batch into compressed files, one after another, each begun when the one before is done.</summary>
internal sealed class RowFiles : IDisposable
{
    private static readonly RecyclableMemoryStreamManager Memory = new(new RecyclableMemoryStreamManager.Options { MaximumSmallPoolFreeBytes = 64 * 1024 * 1024 });

    private readonly IReadOnlyList<InsertIntent> _intents;
    private readonly CsvEncoder _encoder;
    private readonly int _fileBytes;
    private int _intent;
    private int _row;

    public RowFiles(TableSchema schema, IReadOnlyList<InsertIntent> intents, string nullMarker, int fileBytes)
    {
        _intents = intents;
        _fileBytes = fileBytes;
        _encoder = new CsvEncoder(
            [.. intents[0].Rows.Schema.Names.Select(name => (schema.Find(name) ?? throw new InvalidOperationException($"Column {name} was not bound to {schema.Table}.")).Type)],
            nullMarker);
    }

    /// <summary>The rows in all files so far.</summary>
    public long Rows { get; private set; }

    /// <summary>True if a line is not always a row.</summary>
    public bool HasLineBreaks => _encoder.HasLineBreaks;

    /// <summary>The next file, or null after the last. The caller disposes it.</summary>
    public Stream? Next()
    {
        if (_intent == _intents.Count) return null;
        var file = Memory.GetStream();
        using (var zip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (long bytes = 0; bytes < _fileBytes && _intent < _intents.Count; bytes += _encoder.Pending.Length)
            {
                _encoder.Clear();
                Encode();
                zip.Write(_encoder.Pending);
            }
        }

        file.Position = 0;
        return file;
    }

    public void Dispose() => _encoder.Dispose();

    private void Encode()
    {
        var rows = _intents[_intent].Rows;
        var next = _encoder.WriteRows(rows, _row);
        Rows += next - _row;
        (_intent, _row) = next == rows.RowCount ? (_intent + 1, 0) : (_intent, next);
    }
}
