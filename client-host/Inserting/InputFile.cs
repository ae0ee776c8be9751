using System.Security.Cryptography;
using System.Text;
using Coordinator.ClientHost.Rows;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Inserting;

/// <summary>A file to insert. Standard input is copied to a temporary file first: its hash must be known before its first intent.</summary>
internal sealed class InputFile : IAsyncDisposable
{
    private const int BufferBytes = 256 * 1024;

    private readonly FileStream _stream;

    private InputFile(FileStream stream) => _stream = stream;

    public long LengthBytes => _stream.Length;

    public static InputFile Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan));

    public static async Task<InputFile> SpoolAsync(Stream input, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"coordinator-insert-{Guid.NewGuid():N}");
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await input.CopyToAsync(stream, cancellationToken);
        return new InputFile(stream);
    }

    /// <summary>
    /// The origin of the file's intents: a hash of everything that decides which rows a chunk holds, so that an id never names other rows
    /// than it did before.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="format">How the content is read.</param>
    /// <param name="limits">Where chunks end.</param>
    /// <param name="salt">Empty, or what makes this run another one on purpose.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Guid> OriginAsync(TableName table, RowFormat format, ChunkLimits limits, string salt, CancellationToken cancellationToken)
    {
        _stream.Position = 0;
        var content = Convert.ToHexStringLower(await SHA256.HashDataAsync(_stream, cancellationToken));
        var identity = $"insert {ChunkLimits.RuleVersion}\n{content}\n{table}\n{format}\n{limits.Rows}\n{limits.Bytes}\n{salt}";
        return IntentId.OriginOf(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
    }

    /// <summary>The content from its beginning.</summary>
    public Stream Rewound()
    {
        _stream.Position = 0;
        return _stream;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
