using Coordinator.Client;
using Coordinator.Jobs.Catalog;

namespace Coordinator.Jobs.Answers;

/// <summary>All registered jobs.</summary>
public sealed record JobsAnswer(IReadOnlyList<JobAnswer> Jobs)
{
    public static async Task<JobsAnswer> ReadAsync(
        JobCatalog catalog, ICoordinatorClient client, TimeProvider clock, CancellationToken cancellationToken)
    {
        var answers = new List<JobAnswer>();
        foreach (var job in catalog.Jobs)
        {
            var runs = await client.FindJobRunsAsync(job.Name, 1, cancellationToken);
            answers.Add(JobAnswer.Of(job, clock.GetUtcNow(), runs.Count > 0 ? RunAnswer.Of(runs[0]) : null));
        }

        return new JobsAnswer(answers);
    }
}
