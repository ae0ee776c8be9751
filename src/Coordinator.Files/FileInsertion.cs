using System.Diagnostics;
using Coordinator.Client;
using Coordinator.Files.Input;
using Coordinator.Files.Inserting;
using Coordinator.Files.Lineages;
using Coordinator.Files.Records;
using Coordinator.Files.Reports;
using Coordinator.Tables;

namespace Coordinator.Files;

/// <summary>
/// Inserts a file's records into a table. It can be run again after a crash, or after the file grew or was mended: it inserts only the records that are not
/// committed yet.
/// </summary>
/// <example>
/// <code>
/// await using var insertion = await FileInsertion.OpenAsync("events.ndjson", new FileInsertOptions());
/// var report = await insertion.RunAsync(client, TableName.Parse("events"));
/// </code>
/// </example>
public sealed class FileInsertion : IAsyncDisposable
{
    private const int ChunkBytes = 1024 * 1024;
    private const string StrictGzip = "System.IO.Compression.UseStrictValidation";

    private readonly FileInsertOptions _options;
    private readonly InputText _input;
    private readonly RejectedRecords? _rejected;
    private readonly RejectedRecords? _doubtful;
    private InsertRun? _run;

    private FileInsertion(FileInsertOptions options, InputText input, string findings, RejectedRecords? rejected, RejectedRecords? doubtful)
    {
        _options = options;
        _input = input;
        Findings = findings;
        _rejected = rejected;
        _doubtful = doubtful;
    }

    /// <summary>What the file's content shows and the options do not say, such as its compression, encoding or delimiter; empty if there is nothing to say.</summary>
    public string Findings { get; }

    /// <summary>Bytes of text to read.</summary>
    public long LengthBytes => _input.File.LengthBytes;

    /// <summary>Bytes of text read so far by <see cref="RunAsync"/>.</summary>
    public long BytesRead => _run?.BytesRead ?? 0;

    /// <summary>Rows so far of which it is known whether they are committed.</summary>
    public long RowsDone => _run?.Tally.RowsDone ?? 0;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FormatException">The file is no text, or is in another format or encoding than the options or its name say.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<FileInsertion> OpenAsync(string path, FileInsertOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var format = FormatOf(path, options);
        if (options.RejectedTo is { } rejectedTo && Path.GetFullPath(rejectedTo) == Path.GetFullPath(path))
            throw new FormatException("The records that are not written would overwrite the input file itself; give another file for them.");
        Check(options);
        var file = await InputFile.OpenAsync(path, options.Encoding, cancellationToken);
        return await OpenAsync(file, format, options with { Delimiter = options.Delimiter ?? DelimiterOf(path) }, cancellationToken);
    }

    /// <summary>Opens a stream. It is read to its end and copied to a temporary file.</summary>
    /// <param name="content">The stream, such as standard input.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How to read it; they name its format.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FormatException">The stream is no text, or is in another format or encoding than the options say.</exception>
    public static async Task<FileInsertion> OpenAsync(
        Stream content, string name, FileInsertOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var format = FormatOf(name, options);
        Check(options);
        var file = await InputFile.ReadAsync(content, name, options.Encoding, cancellationToken);
        return await OpenAsync(file, format, options, cancellationToken);
    }

    /// <summary>Inserts what is not committed yet. To be called once.</summary>
    /// <returns>What became of every record. Rejected records are in it, and are no exception.</returns>
    /// <exception cref="FormatException">The content is in another format than was said. Nothing was sent.</exception>
    /// <exception cref="Errors.CoordinatorException">An intent had no final answer. Run the insertion again: it sends the records that are not committed.</exception>
    public async Task<InsertReport> RunAsync(ICoordinatorClient client, TableName table, CancellationToken cancellationToken = default)
    {
        var limits = new ChunkLimits(_options.ChunkRows, ChunkBytes);
        var search = new LineageSearch(client, table, _input, limits, _options.Timeout, cancellationToken);
        var plan = await (_options.Again ? search.PlanAgainAsync() : search.PlanAsync());
        _run = new InsertRun(client, table, _input, plan)
        {
            RejectedTo = _rejected,
            DoubtfulTo = _doubtful,
            Source = _options.Source,
            Timeout = _options.Timeout,
        };
        var started = Stopwatch.GetTimestamp();
        await _run.RunAsync(cancellationToken);
        return _run.Report(Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Completes the files of records that are not written.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_doubtful is not null) await _doubtful.DisposeAsync();
        if (_rejected is not null) await _rejected.DisposeAsync();
        await _input.File.DisposeAsync();
    }

    private static async Task<FileInsertion> OpenAsync(InputFile file, RowFormat format, FileInsertOptions options, CancellationToken cancellationToken)
    {
        RejectedRecords? rejected = null;
        try
        {
            var (input, findings) = await InputText.OfAsync(file, format, options.Delimiter, options.NullMarker, cancellationToken);
            if (options.RejectedTo is not { } path) return new FileInsertion(options, input, findings, rejected: null, doubtful: null);
            rejected = await RejectedRecords.CreateAsync(path, input, isKeptEmpty: true, cancellationToken);
            var doubtful = await RejectedRecords.CreateAsync(path + RejectedRecords.DoubtfulSuffix, input, isKeptEmpty: false, cancellationToken);
            return new FileInsertion(options, input, findings, rejected, doubtful);
        }
        catch
        {
            if (rejected is not null) await rejected.DisposeAsync();
            await file.DisposeAsync();
            throw;
        }
    }

    private static RowFormat FormatOf(string path, FileInsertOptions options) => options.Format ?? RowFormats.OfExtension(path)
        ?? throw new FormatException($"The format of '{path}' is not known by its extension; give the format: ndjson, json or csv.");

    private static void Check(FileInsertOptions options)
    {
        if (options.ChunkRows is < 1 or > FileInsertOptions.MaxChunkRows)
            throw new ArgumentOutOfRangeException(nameof(options), options.ChunkRows, $"ChunkRows takes 1 to {FileInsertOptions.MaxChunkRows}.");
        if (options.Encoding is { } encoding) _ = TextEncoding.Of(encoding, []);
        // .NET reads a gzip file that is cut off as if it ended there, unless the application's settings say otherwise.
        if (!AppContext.TryGetSwitch(StrictGzip, out var isStrict) || !isStrict)
            throw new InvalidOperationException($"Set the runtime option {StrictGzip} to true in the project file: without it a cut off gzip file is read as a shorter one.");
    }

    /// <summary>A file's name can say what stands between fields, so that the header row need not.</summary>
    private static char? DelimiterOf(string path) =>
        path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase) ? '\t' : null;
}
