using System.CommandLine;
using Coordinator.Grains;
using Coordinator.Jobs.Answers;
using Coordinator.Jobs.Catalog;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>jobs</c>: lists the registered jobs, their next ticks, and their runs.</summary>
internal sealed class JobsCommand : ClientCommand
{
    private readonly Option<string?> _job = new("--job") { Description = "A job registered under Coordinator:Jobs, whose latest runs to list." };
    private readonly Option<int> _limit = new("--limit")
    {
        Description = "The most runs to list.",
        DefaultValueFactory = static _ => RunsAnswer.DefaultLimit
    };

    public JobsCommand(CommandContext context)
        : base("jobs", "List the registered jobs, or one job's latest runs.", context)
    {
        Options.Add(_job);
        Options.Add(_limit);
        _limit.Validators.Add(result =>
        {
            if (result.GetValue(_limit) is < 1 or > JobRunsRequest.MaxLimit) result.AddError($"--limit takes 1 to {JobRunsRequest.MaxLimit}.");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "client-host jobs",
        "client-host jobs --job nightly-summary --limit 10 --json",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var catalog = new JobCatalog(Context.ReadSettings(), TimeProvider.System);
        if (arguments.GetValue(_job) is { } name)
        {
            var job = catalog.Find(name) ?? throw new FormatException(catalog.Unknown(name));
            var runs = await Context.WithClientAsync((client, _) =>
                RunsAnswer.ReadAsync(job, client, arguments.GetValue(_limit), cancellationToken), cancellationToken);
            output.Answer(runs, runs.Runs.Count > 0 ? runs.Runs.Select(static run => run.Line()) : [$"no run of job '{job.Name}' is known"]);
            return ExitCode.Done;
        }

        catalog.EnsureValid();
        var jobs = catalog.Jobs.Any()
            ? await Context.WithClientAsync((client, _) =>
                JobsAnswer.ReadAsync(catalog, client, TimeProvider.System, cancellationToken), cancellationToken)
            : new JobsAnswer([]);
        output.Answer(jobs, jobs.Jobs.Count > 0 ? jobs.Jobs.SelectMany(static job => job.Lines()) : ["no job is registered under Coordinator:Jobs"]);
        return ExitCode.Done;
    }
}
