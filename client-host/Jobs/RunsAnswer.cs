using Coordinator.Client;

namespace Coordinator.ClientHost.Jobs;

/// <summary>A job's latest runs, newest first.</summary>
internal sealed record RunsAnswer(string Job, IReadOnlyList<RunAnswer> Runs)
{
    public const int DefaultLimit = 50;

    public static async Task<RunsAnswer> ReadAsync(Job job, ICoordinatorClient client, int limit, CancellationToken cancellationToken) =>
        new(job.Name, [.. (await client.FindJobRunsAsync(job.Name, limit, cancellationToken)).Select(RunAnswer.Of)]);
}
