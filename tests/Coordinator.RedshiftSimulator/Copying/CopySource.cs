using System.IO.Compression;
using System.Text.Json;
using Coordinator.RedshiftSimulator.Wire;

namespace Coordinator.RedshiftSimulator.Copying;

/// <summary>The files of a COPY in order. Maps a line of the whole input to a file and a line in it.</summary>
internal sealed class CopySource(CopyStatement copy, string folder, IReadOnlySet<int> hexColumns)
{
    private const int PieceBytes = 256 * 1024;

    private readonly List<(string Url, long LinesBefore)> _files = [];
    private long _lines;

    /// <summary>The error that stops the COPY before it begins, or null: files that the manifest requires but that do not exist.</summary>
    public SqlError? Check() => Urls() is var urls && urls.FirstOrDefault(url => !File.Exists(PathOf(url))) is { } missing
        ? new SqlError("XX000", $"The specified S3 object '{missing}' does not exist")
        : null;

    public async IAsyncEnumerable<byte[]> ReadAsync()
    {
        var hex = new HexColumns(hexColumns);
        foreach (var url in Urls())
        {
            _files.Add((url, _lines));
            await using var file = File.OpenRead(PathOf(url));
            await using Stream content = copy.IsGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            var buffer = new byte[PieceBytes];
            for (var read = await content.ReadAsync(buffer); read > 0; read = await content.ReadAsync(buffer))
            {
                _lines += buffer.AsSpan(0, read).Count((byte)'\n');
                yield return hex.Mark(buffer[..read]);
            }
        }
    }

    /// <summary>The file, and the line in it, for a line number of the whole input.</summary>
    public (string Url, long Line) Find(long line)
    {
        var (url, before) = _files.FindLast(file => file.LinesBefore < line);
        return (url ?? copy.Url, line - before);
    }

    private IReadOnlyList<string> Urls()
    {
        if (!copy.IsManifest) return [copy.Url];
        var manifest = PathOf(copy.Url);
        if (!File.Exists(manifest)) return [copy.Url];
        using var json = JsonDocument.Parse(File.ReadAllText(manifest));
        return [.. json.RootElement.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("url").GetString()!)];
    }

    private string PathOf(string url) => Path.Combine(folder, url["s3://".Length..]);
}
