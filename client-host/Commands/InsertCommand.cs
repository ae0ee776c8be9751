using System.CommandLine;
using System.Diagnostics;
using Coordinator.ClientHost.Inserting;
using Coordinator.ClientHost.Inserting.Input;
using Coordinator.ClientHost.Inserting.Lineages;
using Coordinator.ClientHost.Rows;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>insert</c>: inserts a file into a table. It can be resumed and repeated.</summary>
internal sealed class InsertCommand : ClientCommand
{
    private const string StandardInput = "-";
    private const int ChunkBytes = 1024 * 1024;

    private readonly Option<string> _table = new("--table", "-t") { Description = "The table: name or schema.name.", Required = true };
    private readonly Option<string> _file = new("--file", "-f") { Description = "The file, or - for standard input.", Required = true };
    private readonly Option<RowFormat?> _format = new("--format")
    {
        HelpName = "ndjson|json|csv",
        Description = "ndjson (one object a line), json (an array, or one object) or csv. By default what the file's extension says.",
    };

    private readonly Option<string?> _delimiter = new("--delimiter")
    {
        Description = "The delimiter of CSV fields: one character, or tab. By default detected in the header row: , ; tab or |.",
    };

    private readonly Option<string> _null = new("--null")
    {
        HelpName = "MARKER",
        Description = "The text of a CSV field without quotes that is null. By default a field without text; with a marker that is an empty text.",
        DefaultValueFactory = static _ => "",
    };

    private readonly Option<string?> _encoding = new("--encoding")
    {
        Description = $"{TextEncoding.Names}. By default UTF-8, or UTF-16 where the first bytes show it.",
    };

    private readonly Option<bool> _again = new("--again") { Description = "Insert the file once more although it is committed already." };
    private readonly Option<int> _chunkRows = new("--chunk-rows")
    {
        Description = "Rows of one intent: they are written together or not at all.",
        DefaultValueFactory = static _ => 1000,
    };

    private readonly Option<string?> _rejectedTo = new("--rejected-to")
    {
        HelpName = "FILE",
        Description = "A file that receives the records that are not written, to mend and insert alone. What cannot be read goes to FILE.unread, "
            + "what may be written or not to FILE.doubtful.",
    };

    private readonly Option<string?> _source = new("--source") { Description = "The writer's name on the contention page." };
    private readonly Option<TimeSpan?> _timeout = new("--timeout") { Description = "How long each intent is retried, such as 00:05:00." };

    public InsertCommand(CommandContext context)
        : base("insert", "Insert a file's records into a table. Run again, it inserts what is not committed yet: after a crash, or after the file "
            + "grew.", context)
    {
        Option[] all = [_table, _file, _format, _delimiter, _null, _encoding, _again, _chunkRows, _rejectedTo, _source, _timeout];
        foreach (var option in all) Options.Add(option);
        _chunkRows.Validators.Add(result =>
        {
            if (result.GetValue(_chunkRows) is < 1 or > 100_000) result.AddError("--chunk-rows takes 1 to 100000.");
        });
        _timeout.Validators.Add(result =>
        {
            if (result.GetValue(_timeout) is { } t && (t <= TimeSpan.Zero || t > TimeSpan.FromDays(1)))
                result.AddError("--timeout takes more than 0 and at most one day, as in 00:05:00.");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "client-host insert --table events --file events.ndjson",
        "client-host insert --table sales.orders --file orders.csv --rejected-to mend.csv --json",
        "client-host insert --table events --file events.ndjson.gz                 # run it again after mending or appending: only the rest goes in",
        "client-host insert --table sales.orders --file export.csv --delimiter ';' --null NULL --encoding windows-1252",
        "psql -c \"copy old to stdout csv header\" | client-host insert --table events --file - --format csv",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var table = TableName.Parse(arguments.GetRequiredValue(_table));
        var path = arguments.GetRequiredValue(_file);
        var format = arguments.GetValue(_format) ?? RowFormats.OfExtension(path)
            ?? throw new FormatException($"The format of '{path}' is not known by its extension; give --format ndjson, json or csv.");
        var rejectedTo = arguments.GetValue(_rejectedTo);
        if (rejectedTo is not null && Path.GetFullPath(rejectedTo) == Path.GetFullPath(path))
            throw new FormatException("--rejected-to names the input file itself; give another one.");
        var limits = new ChunkLimits(arguments.GetValue(_chunkRows), ChunkBytes);

        var encoding = arguments.GetValue(_encoding);
        if (encoding is not null) _ = TextEncoding.Of(encoding, []);
        var delimiter = arguments.GetValue(_delimiter) is { } given ? CsvDialect.ParseDelimiter(given) : DelimiterOf(path);
        await using var file = path == StandardInput
            ? await InputFile.ReadAsync(Context.Input, "Standard input", encoding, cancellationToken)
            : await InputFile.OpenAsync(path, encoding, cancellationToken);
        var (input, found) = await InputText.OfAsync(file, format, delimiter, arguments.GetRequiredValue(_null), cancellationToken);
        if (found.Length > 0) output.ErrorLine($"{path}: {found}.");
        await using var rejected = rejectedTo is null
            ? null
            : await RejectedRecords.CreateAsync(rejectedTo, input, isKeptEmpty: true, cancellationToken);
        await using var doubtful = rejectedTo is null
            ? null
            : await RejectedRecords.CreateAsync(rejectedTo + RejectedRecords.DoubtfulSuffix, input, isKeptEmpty: false, cancellationToken);
        return await Context.WithClientAsync(
            async (client, _) =>
            {
                var timeout = arguments.GetValue(_timeout);
                var search = new LineageSearch(client, table, input, limits, timeout, cancellationToken);
                var plan = await (arguments.GetValue(_again) ? search.PlanAgainAsync() : search.PlanAsync());
                var source = arguments.GetValue(_source);
                var run = new InsertRun(client, table, input, plan)
                {
                    RejectedTo = rejected,
                    DoubtfulTo = doubtful,
                    Source = source,
                    Timeout = timeout,
                };
                var started = Stopwatch.GetTimestamp();
                try
                {
                    await InsertProgress.ShowAsync(output, run, file.LengthBytes, () => run.RunAsync(cancellationToken));
                }
                catch (Exception e) when (Failure.Of(e) is not null && run.Tally.RowsDone > 0)
                {
                    output.ErrorLine($"{run.Tally.RowsDone} rows were done before this happened. Run the same command again: it inserts the others.");
                    throw;
                }

                var report = run.Report(Stopwatch.GetElapsedTime(started));
                output.Answer(report, InsertText.Lines(report));
                return report.IsDone ? ExitCode.Done : ExitCode.Rejected;
            },
            cancellationToken);
    }

    /// <summary>The delimiter that the file name implies, if any, so that it need not be detected.</summary>
    private static char? DelimiterOf(string path) =>
        path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase) ? '\t' : null;
}
