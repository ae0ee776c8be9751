using Coordinator.Clustering.Network;
using Coordinator.Clustering.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Coordinator.Clustering;

/// <summary>Makes a silo a member of its cluster.</summary>
public static class ClusteringSiloBuilderExtensions
{
    // How many grains of other silos a silo finds without asking. Orleans reserves the memory for all of them at its start, and the dashboard's
    // metrics walk all of it every second: with Orleans' default of a million, 9 MB and 0.4 % of a core for each of two caches.
    private const int DirectoryCacheSize = 100_000;

    /// <summary>Configures the membership store and its timing. <see cref="ClusteringProvider.Localhost"/> has no store.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">The validated settings.</param>
    public static ISiloBuilder UseMembership(this ISiloBuilder silo, ClusteringOptions options)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(options);
        ConnectionTiming.ApplyToSilo(silo.Services);
        silo.Services.Configure<ClusterMembershipOptions>(MembershipTiming.Apply);
#pragma warning disable ORLEANSEXP003 // Experimental, but the built-in directory creates duplicate activations whenever a silo leaves.
        silo.Services.Configure<GrainDirectoryOptions>(MembershipTiming.Apply);
        silo.Services.Configure<GrainDirectoryOptions>(static directory => directory.CacheSize = DirectoryCacheSize);
        if (options.Directory == GrainDirectoryKind.Distributed) silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        if (options.Provider == ClusteringProvider.Localhost) return silo;
        silo.Services.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.ClusterId, options.ServiceId));
        if (options.Provider == ClusteringProvider.Redis)
            return silo.UseRedisClustering(o => o.ConfigurationOptions = ConfigurationOptions.Parse(options.ConnectionString));

        var connectionString = MembershipConnection.Of(options.ConnectionString);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services =>
            new MembershipSchema(connectionString, services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<MembershipSchema>>()));
        return silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (MembershipConnection.Invariant, connectionString));
    }
}
