using Coordinator.Files.Input;
using Coordinator.Files.Records;

namespace Coordinator.Files.Inserting;

/// <summary>The files for records that are not written: the records of rejected intents in their original format, and the unreadable part of the
/// input, byte by byte. The records of an intent are in the order of the input; the intents are in the order in which their fate was known. A
/// second instance (<see cref="DoubtfulSuffix"/>) receives the records whose outcome is unknown.</summary>
internal sealed class RejectedRecords : IAsyncDisposable
{
    /// <summary>The suffix of the file for records whose outcome is unknown.</summary>
    public const string DoubtfulSuffix = ".doubtful";

    private const int BufferBytes = 256 * 1024;

    private readonly InputText _input;
    private readonly byte[] _csvHeader;
    private readonly FileStream _file;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private readonly bool _isKeptEmpty;

    private RejectedRecords(string path, InputText input, byte[] csvHeader, bool isKeptEmpty)
    {
        Path = path;
        _input = input;
        _csvHeader = csvHeader;
        _isKeptEmpty = isKeptEmpty;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes, FileOptions.Asynchronous);
        // A file from an earlier run would look like a result of this run.
        File.Delete(UnreadPath);
    }

    public string Path { get; }

    /// <summary>The number of records in the file.</summary>
    public long Count { get; private set; }

    private string UnreadPath => Path + ".unread";

    /// <summary>Creates the file, or empties it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="input">The source of the records.</param>
    /// <param name="isKeptEmpty">False to delete it at the end if it has no record.</param>
    /// <param name="cancellationToken">Cancels the read of the header row.</param>
    public static async Task<RejectedRecords> CreateAsync(string path, InputText input, bool isKeptEmpty, CancellationToken cancellationToken)
    {
        var names = await input.HeaderAsync(cancellationToken);
        var header = string.Join(input.Dialect.Delimiter, names.Select(static n => $"\"{n.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        return new RejectedRecords(path, input, System.Text.Encoding.UTF8.GetBytes(header), isKeptEmpty);
    }

    public async Task AddAsync(IEnumerable<RecordPlace> records, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var record in records)
            {
                await _file.WriteAsync(Before(), cancellationToken);
                if (record.Text.Length == record.Length) await _file.WriteAsync(record.Text, cancellationToken);
                else await CopyAsync(_file, record.Offset, record.Length, cancellationToken);
                if (_input.Format != RowFormat.Json) await _file.WriteAsync("\n"u8.ToArray(), cancellationToken);
                Count++;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Saves the rest of the input from an offset.</summary>
    /// <returns>The path of the saved file.</returns>
    public async Task<string> SaveUnreadAsync(long offset, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(UnreadPath, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes, FileOptions.Asynchronous);
        await CopyAsync(file, offset, _input.File.LengthBytes - offset, cancellationToken);
        return UnreadPath;
    }

    public async ValueTask DisposeAsync()
    {
        if (_input.Format == RowFormat.Json) await _file.WriteAsync(Count > 0 ? "\n]\n"u8.ToArray() : "[]\n"u8.ToArray());
        await _file.DisposeAsync();
        if (Count == 0 && !_isKeptEmpty) File.Delete(Path);
        _turn.Dispose();
    }

    private async Task CopyAsync(Stream target, long offset, long length, CancellationToken cancellationToken)
    {
        await using var part = _input.File.Slice(offset, length);
        await part.CopyToAsync(target, BufferBytes, cancellationToken);
    }

    private byte[] Before() => (_input.Format, Count) switch
    {
        (RowFormat.Json, 0) => "[\n"u8.ToArray(),
        (RowFormat.Json, _) => ",\n"u8.ToArray(),
        (RowFormat.Csv, 0) => [.. _csvHeader, (byte)'\n'],
        _ => [],
    };
}
