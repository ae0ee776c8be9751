using Coordinator.Contention;
using Coordinator.Core.Outages;
using Coordinator.Core.Queueing;
using Coordinator.Core.Reservations;
using Coordinator.Core.Retry;
using Coordinator.Core.Searching;
using Coordinator.Grains.Clocks;
using Coordinator.Grains.Contention;
using Coordinator.Grains.Outages;
using Coordinator.Grains.Tables;
using Coordinator.Grains.Updates;
using Coordinator.Grains.Warehouses;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Coordinator.Grains.Registration;

/// <summary>Adds the grains to a silo, which also needs an <c>IWarehouse</c> and the ghetto locks.</summary>
public static class GrainsSiloBuilderExtensions
{
    /// <summary>Adds table, update and ledger grains and their metrics.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configuration">The root configuration; section <c>Coordinator:Grains</c> is read.</param>
    public static ISiloBuilder AddTableGrains(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddOptions<GrainsOptions>().Bind(configuration.GetSection(GrainsOptions.Section)).ValidateOnStart();
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GrainsOptions>, GrainsOptionsValidator>());
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton(static services =>
            new OutageLog(services.GetRequiredService<ILocalSiloDetails>().Name, services.GetRequiredService<TimeProvider>()));
        silo.Services.AddHostedService<OutageWatch>();
        silo.Services.AddSingleton<ContentionRegistry>();
        silo.Services.AddSingleton<IContentionReader, ContentionReader>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, TableMetrics>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, OutageMetrics>();
        silo.Services.AddSingleton<ITableTurns, GrainTableTurns>();
        silo.Services.AddSingleton<LedgerSearch>();
        silo.Services.AddSingleton<MissingTables>();
        silo.Services.AddSingleton<WarehouseIdentity>();
        silo.Services.AddSingleton<TableTicks>();
        silo.Services.AddSingleton(static services => new TableRetry(
            services.GetRequiredService<IOptions<GrainsOptions>>().Value.Retry,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<Random>()));
        silo.Services.AddSingleton<TickClock>();
        silo.Services.AddSingleton<TableSetResolver>();
        silo.Services.AddSingleton<UpdateRunner>();
#pragma warning disable ORLEANSEXP003 // Experimental. No other directory keeps a running update in its place while silos stop and start.
        silo.AddDistributedGrainDirectory(UpdateGrain.Directory);
#pragma warning restore ORLEANSEXP003
        return silo.AddGrainService<ContentionGrainService>();
    }
}
