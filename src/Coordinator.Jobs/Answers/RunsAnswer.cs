using Coordinator.Client;
using Coordinator.Jobs.Catalog;

namespace Coordinator.Jobs.Answers;

/// <summary>A job's latest runs, newest first.</summary>
public sealed record RunsAnswer(string Job, IReadOnlyList<RunAnswer> Runs)
{
    public const int DefaultLimit = 50;

    public static async Task<RunsAnswer> ReadAsync(Job job, ICoordinatorClient client, int limit, CancellationToken cancellationToken) =>
        new(job.Name, [.. (await client.FindJobRunsAsync(job.Name, limit, cancellationToken)).Select(RunAnswer.Of)]);
}
