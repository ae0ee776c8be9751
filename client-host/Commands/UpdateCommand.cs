using System.CommandLine;
using Coordinator.Client;
using Coordinator.Intents;
using Coordinator.Jobs.Answers;
using Coordinator.Jobs.Catalog;
using Coordinator.Receipts;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>update</c>: runs a registered job or given SQL, in turn with all other writers of its tables.</summary>
internal sealed class UpdateCommand : ClientCommand
{
    private readonly Option<string?> _job = new("--job") { Description = "A job registered under Coordinator:Jobs." };
    private readonly Option<string?> _sql = new("--sql") { Description = "The SQL to run in one transaction." };
    private readonly Option<string?> _writes =
        new("--writes") { Description = "The tables that it writes, with commas. Without --writes and --reads they are found." };
    private readonly Option<string?> _reads = new("--reads") { Description = "The tables that it reads, with commas." };
    private readonly Option<string[]> _parameters =
        new("--parameter", "-p") { Description = "A value for @name in the job's SQL: name=value. May be repeated.", HelpName = "name=value" };
    private readonly Option<string?> _id = new("--id") { Description = "An idempotency key: the same key runs once." };
    private readonly Option<string?> _source = new("--source") { Description = "The writer's name on the contention page." };
    private readonly Option<TimeSpan?> _timeout = new("--timeout") { Description = "How long to wait for the answer, such as 00:05:00." };

    public UpdateCommand(CommandContext context)
        : base("update", "Run an update once it is its turn for every table that it writes or reads.", context)
    {
        foreach (var option in new Option[] { _job, _sql, _writes, _reads, _parameters, _id, _source, _timeout }) Options.Add(option);
        _timeout.Validators.Add(result =>
        {
            if (result.GetValue(_timeout) is { } t && (t <= TimeSpan.Zero || t > TimeSpan.FromDays(1)))
                result.AddError("--timeout takes more than 0 and at most one day, as in 00:05:00.");
        });
        _parameters.Validators.Add(result =>
        {
            foreach (var wrong in (result.GetValue(_parameters) ?? []).Where(static p => p.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"--parameter takes name=value, not '{wrong}'.");
        });
        Validators.Add(result =>
        {
            var (job, sql) = (result.GetValue(_job), result.GetValue(_sql));
            if ((job is null) == (sql is null)) result.AddError("Give either --job or --sql.");
            else if (job is not null && (result.GetValue(_writes) ?? result.GetValue(_reads)) is not null)
                result.AddError("--job has its own tables; --writes and --reads go with --sql.");
            else if (sql is not null && result.GetValue(_parameters) is { Length: > 0 }) result.AddError("--parameter goes with --job.");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "client-host update --job nightly-summary",
        "client-host update --sql \"update summary set n = (select count(*) from events)\"",
        "client-host update --sql \"truncate stage; insert into stage select * from events\" --writes stage --reads events --json",
        "client-host update --job nightly-summary --id 2026-07-01 --parameter day=2026-07-01",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var job = Job(arguments);
        var request = job?.RunAt(TimeProvider.System.GetUtcNow(), Values(arguments)) ?? Request(arguments);
        IntentId? id = arguments.GetValue(_id) is { } key ? IntentId.FromText(key) : null;
        if (id is { } known) job?.CheckId(known);
        var options = new WriteOptions
        {
            Id = id,
            Source = arguments.GetValue(_source),
            Timeout = arguments.GetValue(_timeout),
        };
        var receipt = await Context.WithClientAsync((client, _) => client.UpdateAsync(request, options, cancellationToken), cancellationToken);
        var answer = UpdateAnswer.Of(receipt, request.Job);
        output.Answer(answer, Lines(answer));
        return receipt.IsCommitted ? ExitCode.Done : ExitCode.Rejected;
    }

    private static IEnumerable<string> Lines(UpdateAnswer answer)
    {
        yield return answer.Status switch
        {
            WriteStatus.Committed =>
                $"committed: {answer.RowsAffected} rows affected; waited {answer.WaitedMilliseconds} ms, ran {answer.RanMilliseconds} ms",
            WriteStatus.AlreadyCommitted => "nothing to do: this id is committed already",
            _ => "rejected:",
        };
        if (answer.StatementRows is { Count: > 1 } rows) yield return $"by statement: {string.Join(", ", rows)}";
        foreach (var error in answer.Errors ?? []) yield return $"  {error}";
        yield return $"intent {answer.IntentId}";
    }

    private Job? Job(ParseResult arguments)
    {
        if (arguments.GetValue(_job) is not { } name) return null;
        var jobs = new JobCatalog(Context.ReadSettings(), TimeProvider.System);
        return jobs.Find(name) ?? throw new FormatException(jobs.Unknown(name));
    }

    /// <summary>The last value of a name applies, as with settings.</summary>
    private Dictionary<string, string> Values(ParseResult arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parts in (arguments.GetValue(_parameters) ?? []).Select(static p => p.Split('=', 2))) values[parts[0]] = parts[1];
        return values;
    }

    private UpdateRequest Request(ParseResult arguments) =>
        new()
        {
            Sql = arguments.GetValue(_sql)!,
            Writes = TableList.Parse(arguments.GetValue(_writes)),
            Reads = TableList.Parse(arguments.GetValue(_reads))
        };
}
