using System.Diagnostics;
using Coordinator.Client;
using Coordinator.Files.Input;
using Coordinator.Files.Inserting;
using Coordinator.Files.Lineages;
using Coordinator.Files.Records;
using Coordinator.Files.Reports;
using Coordinator.Tables;

namespace Coordinator.Files;

/// <summary>Inserts a file's records into a table. Run it again after a crash, or after the file grew or was corrected: it inserts only the
/// records that are not committed yet.</summary>
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

    /// <summary>Detected properties of the file that the options do not contain, such as its compression, encoding or delimiter; empty if there
    /// are none.</summary>
    public string Findings { get; }

    /// <summary>The number of bytes of text.</summary>
    public long LengthBytes => _input.File.LengthBytes;

    /// <summary>The number of bytes that <see cref="RunAsync"/> has read so far.</summary>
    public long BytesRead => _run?.BytesRead ?? 0;

    /// <summary>The number of rows with a known outcome so far.</summary>
    public long RowsDone => _run?.Tally.RowsDone ?? 0;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FormatException">The file is not text, or has another format or encoding than the options or its name.</exception>
    /// <exception cref="IOException">The file is not readable.</exception>
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
    /// <param name="name">The name for messages.</param>
    /// <param name="options">Options for reading it, with its format.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="FormatException">The stream is not text, or has another format or encoding than the options.</exception>
    public static async Task<FileInsertion> OpenAsync(
        Stream content, string name, FileInsertOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var format = FormatOf(name, options);
        Check(options);
        var file = await InputFile.ReadAsync(content, name, options.Encoding, cancellationToken);
        return await OpenAsync(file, format, options, cancellationToken);
    }

    /// <summary>Inserts the records that are not committed yet. Call it once.</summary>
    /// <returns>The outcome of every record, including rejected ones, which cause no exception.</returns>
    /// <exception cref="FormatException">The content has another format than expected. Nothing was sent.</exception>
    /// <exception cref="Errors.CoordinatorException">An intent had no final answer. Run the insertion again: it sends the records that are not
    /// committed.</exception>
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

    /// <summary>Completes the files for records that are not written.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_doubtful is not null) await _doubtful.DisposeAsync();
        if (_rejected is not null) await _rejected.DisposeAsync();
        await _input.File.DisposeAsync();
    }

    private static async Task<FileInsertion> OpenAsync(
        InputFile file, RowFormat format, FileInsertOptions options, CancellationToken cancellationToken)
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
        // By default .NET reads a truncated gzip file as if it ended there.
        if (!AppContext.TryGetSwitch(StrictGzip, out var isStrict) || !isStrict)
            throw new InvalidOperationException(
                $"Set the runtime option {StrictGzip} to true in the project file: without it a cut off gzip file is read as a shorter one.");
    }

    /// <summary>The delimiter that the file name implies, if any, so that it need not be detected.</summary>
    private static char? DelimiterOf(string path) =>
        path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase) ? '\t' : null;
}
