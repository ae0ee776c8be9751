using Coordinator.ClientHost.Rows;

namespace Coordinator.ClientHost.Inserting;

/// <summary>The file that receives the records of rejected intents, in the format in which they came, so that they can be mended and inserted alone.</summary>
internal sealed class RejectedRecords(string path, RowFormat format, byte[] csvHeader) : IAsyncDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _any;

    public string Path => path;

    public async Task AddAsync(RecordChunk chunk, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var record in chunk.Source())
            {
                await _file.WriteAsync(Before(), cancellationToken);
                _any = true;
                await _file.WriteAsync(record, cancellationToken);
                if (format != RowFormat.Json) await _file.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (format == RowFormat.Json) await _file.WriteAsync(_any ? "\n]\n"u8.ToArray() : "[]\n"u8.ToArray());
        await _file.DisposeAsync();
        _turn.Dispose();
    }

    private byte[] Before() => (format, _any) switch
    {
        (RowFormat.Json, false) => "[\n"u8.ToArray(),
        (RowFormat.Json, true) => ",\n"u8.ToArray(),
        (RowFormat.Csv, false) => [.. csvHeader, (byte)'\n'],
        _ => [],
    };
}
