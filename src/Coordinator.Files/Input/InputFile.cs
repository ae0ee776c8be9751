using System.IO.Compression;
using System.Text;

namespace Coordinator.Files.Input;

/// <summary>A file to insert, as UTF-8 text that several readers can read from any position repeatedly. Other input (standard input, a
/// compressed file, another encoding) is copied to a temporary file.</summary>
internal sealed class InputFile : IAsyncDisposable
{
    private const int BufferBytes = 256 * 1024;

    private readonly FileStream _file;

    private InputFile(FileStream file, string description, bool isVerbatim)
    {
        _file = file;
        LengthBytes = file.Length;
        Description = description;
        IsVerbatim = isVerbatim;
    }

    /// <summary>The number of bytes of text. Text that is appended during the run belongs to the next run.</summary>
    public long LengthBytes { get; }

    /// <summary>A description of detected properties that differ from the default; else empty.</summary>
    public string Description { get; }

    /// <summary>True if the text equals the file byte by byte.</summary>
    public bool IsVerbatim { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="encoding">The value of <c>--encoding</c>, or null to detect it.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <exception cref="FormatException">The file is not text, or not in that encoding.</exception>
    public static async Task<InputFile> OpenAsync(string path, string? encoding, CancellationToken cancellationToken)
    {
        const FileOptions Options = FileOptions.Asynchronous | FileOptions.SequentialScan;
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, Options);
        if (!file.CanSeek)
        {
            await using (file) return await ReadAsync(file, path, encoding, cancellationToken);
        }

        try
        {
            var content = await Content.OfAsync(file, path, encoding, cancellationToken);
            if (content.IsUtf8 && !content.IsCompressed) return new InputFile(file, content.Description, isVerbatim: true);
            var copy = await CopyAsync(content, path, cancellationToken);
            await file.DisposeAsync();
            return copy;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a whole stream, such as standard input.</summary>
    /// <exception cref="FormatException">The content is not text, or not in that encoding.</exception>
    public static async Task<InputFile> ReadAsync(Stream stream, string name, string? encoding, CancellationToken cancellationToken) =>
        await CopyAsync(await Content.OfAsync(stream, name, encoding, cancellationToken), name, cancellationToken);

    /// <summary>The text from its beginning.</summary>
    public FileSlice Rewound() => new FileSlice(_file.SafeFileHandle, 0, LengthBytes);

    /// <summary>A part of the text.</summary>
    public FileSlice Slice(long offset, long length) => new FileSlice(_file.SafeFileHandle, offset, length);

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static async Task<InputFile> CopyAsync(Content content, string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"coordinator-insert-{Guid.NewGuid():N}");
        var copy = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            await content.Text().CopyToAsync(copy, BufferBytes, cancellationToken);
            await copy.FlushAsync(cancellationToken);
            return new InputFile(copy, content.Description, isVerbatim: content.IsUtf8 && !content.IsCompressed);
        }
        catch (Exception e)
        {
            await copy.DisposeAsync();
            throw e switch
            {
                InvalidDataException => new FormatException($"{name} begins like a gzip file but cannot be decompressed: {e.Message}", e),
                DecoderFallbackException => new FormatException(
                    $"{name} is not valid {content.Encoding.Name}: {e.Message} Nothing was inserted; --encoding takes {TextEncoding.Names}.", e),
                _ => e,
            };
        }
    }

    /// <summary>What the first bytes of a file reveal.</summary>
    private sealed record Content(Stream Stream, TextEncoding Encoding, bool IsCompressed, string Description)
    {
        public bool IsUtf8 => Encoding == TextEncoding.Utf8;

        public static async Task<Content> OfAsync(Stream stream, string name, string? encodingName, CancellationToken cancellationToken)
        {
            var peeked = await PeekedStream.OfAsync(stream, cancellationToken);
            var found = new List<string>();
            var isCompressed = peeked.Beginning.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
            if (isCompressed)
            {
                found.Add("compressed with gzip");
                try
                {
                    peeked = await PeekedStream.OfAsync(new GZipStream(peeked, CompressionMode.Decompress), cancellationToken);
                }
                catch (InvalidDataException e)
                {
                    throw new FormatException($"{name} begins like a gzip file but cannot be decompressed: {e.Message}", e);
                }
            }

            var (encoding, why) = encodingName is null
                ? TextEncoding.Detect(peeked.Beginning)
                : (TextEncoding.Of(encodingName, peeked.Beginning), "");
            if (why.Length > 0) found.Add($"{encoding.Name} {why}");
            if (encoding == TextEncoding.Utf8 && BinaryContent.Of(peeked.Beginning) is { } binary)
                throw new FormatException($"{name} is no text: it is {binary}.");
            return new Content(peeked, encoding, isCompressed, string.Join(", ", found));
        }

        public Stream Text() => IsUtf8 ? Stream : System.Text.Encoding.CreateTranscodingStream(Stream, Encoding.Encoding, TextEncoding.Utf8.Encoding);
    }
}
