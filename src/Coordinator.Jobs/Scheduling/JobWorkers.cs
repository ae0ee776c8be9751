using Coordinator.Client;
using Coordinator.Jobs.Catalog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Jobs.Scheduling;

/// <summary>Runs the schedules of all jobs while the host runs.</summary>
internal sealed class JobWorkers(JobCatalog jobs, ICoordinatorClient client, SiloClock clock, ILogger<JobWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduled = jobs.Jobs.Where(static job => job.Schedule is not null).ToList();
        if (scheduled.Count == 0) return;
        await clock.MeasureAsync(stoppingToken);
        var workers = scheduled.Select(job => RunAsync(job, job.Schedule!, stoppingToken));
        // An unexpected failure ends the process, because a schedule that stopped silently would be worse.
        await foreach (var ended in Task.WhenEach([clock.FollowAsync(stoppingToken), .. workers])) await ended;
    }

    private async Task RunAsync(Job job, JobSchedule schedule, CancellationToken stoppingToken)
    {
        using var worker = new JobWorker(job, schedule, client, clock, logger);
        await worker.RunAsync(stoppingToken);
    }
}
