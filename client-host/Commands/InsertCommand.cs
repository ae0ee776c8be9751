using System.CommandLine;
using Coordinator.Files;
using Coordinator.Files.Input;
using Coordinator.Files.Records;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>insert</c>: inserts a file into a table. It can be resumed and repeated.</summary>
internal sealed class InsertCommand : ClientCommand
{
    private const string StandardInput = "-";

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
            if (result.GetValue(_chunkRows) is < 1 or > FileInsertOptions.MaxChunkRows)
                result.AddError($"--chunk-rows takes 1 to {FileInsertOptions.MaxChunkRows}.");
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
        var options = new FileInsertOptions
        {
            Format = arguments.GetValue(_format) ?? RowFormats.OfExtension(path)
                ?? throw new FormatException($"The format of '{path}' is not known by its extension; give --format ndjson, json or csv."),
            Delimiter = arguments.GetValue(_delimiter) is { } delimiter ? CsvDialect.ParseDelimiter(delimiter) : null,
            NullMarker = arguments.GetRequiredValue(_null),
            Encoding = arguments.GetValue(_encoding),
            Again = arguments.GetValue(_again),
            ChunkRows = arguments.GetValue(_chunkRows),
            RejectedTo = arguments.GetValue(_rejectedTo),
            Source = arguments.GetValue(_source),
            Timeout = arguments.GetValue(_timeout),
        };
        await using var insertion = path == StandardInput
            ? await FileInsertion.OpenAsync(Context.Input, "Standard input", options, cancellationToken)
            : await FileInsertion.OpenAsync(path, options, cancellationToken);
        if (insertion.Findings.Length > 0) output.ErrorLine($"{path}: {insertion.Findings}.");
        return await Context.WithClientAsync(
            async (client, _) =>
            {
                try
                {
                    var report = await InsertProgress.ShowAsync(output, insertion, () => insertion.RunAsync(client, table, cancellationToken));
                    output.Answer(report, InsertText.Lines(report));
                    return report.IsDone ? ExitCode.Done : ExitCode.Rejected;
                }
                catch (Exception e) when (Failure.Of(e) is not null && insertion.RowsDone > 0)
                {
                    output.ErrorLine($"{insertion.RowsDone} rows were done before this happened. Run the same command again: it inserts the others.");
                    throw;
                }
            },
            cancellationToken);
    }
}
