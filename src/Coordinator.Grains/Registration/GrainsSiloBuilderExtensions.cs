using Coordinator.Contention;
using Coordinator.Core.Reservations;
using Coordinator.Grains.Contention;
using Coordinator.Grains.Updates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Coordinator.Grains.Registration;

/// <summary>Adds the grains to a silo, which also needs an <c>IWarehouse</c> and the ghetto locks.</summary>
public static class GrainsSiloBuilderExtensions
{
    /// <summary>Adds table, update and ledger grains and their metrics.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configuration">The root configuration; section <c>Coordinator:Grains</c> is read.</param>
    public static ISiloBuilder AddTableGrains(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddOptions<GrainsOptions>().Bind(configuration.GetSection(GrainsOptions.Section)).Validate(
            static o => o.Queue.MaxBatchRows > 0 && o.Queue.MaxQueuedIntents > 0 && o.Queue.FlushInterval >= TimeSpan.Zero && o.Queue.FlushInterval <= TimeSpan.FromMinutes(1) && o.Reservations.Lease >= TimeSpan.FromSeconds(10) && o.Reservations.Margin < o.Reservations.Lease / 2 && o.MaxTableLabels is > 0 and <= GrainsOptions.MostTableLabels,
            $"{GrainsOptions.Section}: Queue:MaxBatchRows and Queue:MaxQueuedIntents must be above 0, Queue:FlushInterval at most a minute, Reservations:Lease at least 10 s, Reservations:Margin less than half of it, MaxTableLabels 1 to 400.").ValidateOnStart();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<ContentionRegistry>();
        silo.Services.AddSingleton<IContentionReader, ContentionReader>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, TableMetrics>();
        silo.Services.AddSingleton<ITableTurns, GrainTableTurns>();
        silo.Services.AddSingleton<TableSetResolver>();
        silo.Services.AddSingleton<UpdateRunner>();
#pragma warning disable ORLEANSEXP003 // Experimental, and the only directory that keeps a running update in its place while other silos stop and start.
        silo.AddDistributedGrainDirectory(UpdateGrain.Directory);
#pragma warning restore ORLEANSEXP003
        return silo.AddGrainService<ContentionGrainService>();
    }
}
