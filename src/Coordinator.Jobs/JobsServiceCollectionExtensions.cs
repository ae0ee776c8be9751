using Coordinator.Jobs.Catalog;
using Coordinator.Jobs.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Jobs;

/// <summary>Registers the jobs.</summary>
public static class JobsServiceCollectionExtensions
{
    /// <summary>Runs the schedules of the jobs as long as the host runs. The service needs the client too (<c>AddCoordinatorClient</c>). All
    /// hosts with the same jobs submit each tick, and each tick runs once.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A job's settings are wrong; the message names all mistakes with
    /// their keys.</exception>
    public static IServiceCollection AddCoordinatorJobs(this IServiceCollection services, JobCatalog jobs)
    {
        jobs.EnsureValid();
        return services.AddSingleton(jobs).AddSingleton<SiloClock>().AddHostedService<JobWorkers>();
    }
}
