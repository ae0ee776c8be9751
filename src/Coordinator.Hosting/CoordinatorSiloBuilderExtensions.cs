using System.Net;
using Coordinator.Clustering;
using Coordinator.Core.Outages;
using Coordinator.Core.Warehouses;
using Coordinator.Grains.Registration;
using Coordinator.Locking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Coordinator.Hosting;

/// <summary>A complete silo, as silo-host and the embedded demo run it.</summary>
public static class CoordinatorSiloBuilderExtensions
{
    /// <summary>Adds everything that a silo needs, with the settings under <c>Coordinator</c>.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configuration">The root configuration.</param>
    /// <exception cref="OptionsValidationException">Settings are wrong; it names every mistake of every room.</exception>
    public static ISiloBuilder AddCoordinator(this ISiloBuilder silo, IConfiguration configuration) =>
        silo.AddCoordinator(configuration, SiloSettings.Read(configuration));

    /// <summary>Adds everything a silo needs, by settings that are read and checked already.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configuration">The root configuration.</param>
    /// <param name="settings">The settings that were read from it.</param>
    public static ISiloBuilder AddCoordinator(this ISiloBuilder silo, IConfiguration configuration, SiloSettings settings)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(settings);
        silo.Services.TryAddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // The only use of the process's own randomness; all other code gets it injected.
        silo.Services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PortGuard>();
        silo.Services.AddWarehouse(configuration, settings.Warehouse, settings.Silo.Name);
        if (settings.Warehouse.Id is { Length: > 0 } id)
            silo.Services.Decorate<IWarehouse, NamedWarehouse>((inner, _) => new NamedWarehouse(inner, id));
        silo.Services.Decorate<IWarehouse, WatchedWarehouse>(static (inner, services) =>
            new WatchedWarehouse(inner, services.GetRequiredService<OutageLog>()));
        silo.Services.Configure<Orleans.Configuration.SiloOptions>(o => o.SiloName = settings.Silo.Name);
        // Writers wait in the table's bounded queue, which returns a retry hint. The runtime refuses calls beyond these limits.
        silo.Services.Configure<SiloMessagingOptions>(static o => o.MaxEnqueuedRequestsHardLimit = 200_000);
        return silo.UseClustering(settings.Clustering, settings.Silo)
            .AddGhettoLocks(configuration, membershipLasts: settings.Clustering.Provider != ClusteringProvider.Localhost)
            .AddTableGrains(configuration);
    }

    private static ISiloBuilder UseClustering(this ISiloBuilder silo, ClusteringOptions clustering, SiloOptions settings)
    {
        if (clustering.Provider == ClusteringProvider.Localhost)
            silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, PrimaryOf(settings), clustering.ServiceId, clustering.ClusterId);
        else
            silo.ConfigureEndpoints(IPAddress.Parse(settings.Address), settings.SiloPort, settings.GatewayPort);
        silo.UseMembership(clustering);
        if (clustering.Provider == ClusteringProvider.Localhost) return silo;
        var name = $"the membership in {clustering.Provider}";
        silo.Services.Decorate<IMembershipTable, WatchedMembership>((inner, services) =>
            new WatchedMembership(inner, name, services.GetRequiredService<OutageLog>(), services.GetRequiredService<TimeProvider>()));
        return silo;
    }

    private static IPEndPoint? PrimaryOf(SiloOptions settings) => settings.PrimaryPort is { } port ? new IPEndPoint(IPAddress.Loopback, port) : null;
}
