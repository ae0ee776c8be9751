using Coordinator.Core.Leases;
using Coordinator.Core.Outages;
using Coordinator.Core.Reservations;
using Coordinator.Memcached;
using Coordinator.Memcached.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Coordinator.Locking;

/// <summary>Adds the ghetto locks to a silo.</summary>
public static class GhettoLockSiloBuilderExtensions
{
    /// <summary>Admits calls to grain classes with <see cref="GhettoLockedAttribute"/> only while their activation's lease is held.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configuration">The root configuration; sections <c>Coordinator:Locking</c> and <c>enyimMemcached</c> are read.</param>
    /// <param name="membershipLasts">Whether the membership outlives its silos, so that a silo that is the first one learns it there.</param>
    public static ISiloBuilder AddGhettoLocks(this ISiloBuilder silo, IConfiguration configuration, bool membershipLasts = false)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(configuration);
        var services = silo.Services;
        services.AddOptions<LockingOptions>().Bind(configuration.GetSection(LockingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<LockingOptions>>(new EnyimAlias(configuration));
        services.AddSingleton<IValidateOptions<LockingOptions>, LockingOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InProcessLockStore>();
        services.TryAddSingleton<IMemcached>(CreateClient);
        services.TryAddSingleton(static s => s.GetRequiredService<IOptions<LockingOptions>>().Value.EffectiveProvider == LockingProvider.Memcached
            ? CreateStore(s)
            : (ILockStore)s.GetRequiredService<InProcessLockStore>());
        services.TryAddSingleton<InProcessReservationMemory>();
        services.TryAddSingleton(static s => s.GetRequiredService<IOptions<LockingOptions>>().Value.EffectiveProvider == LockingProvider.Memcached
            ? new MemcachedReservationMemory(s.GetRequiredService<IMemcached>(), s.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId)
            : (IReservationMemory)s.GetRequiredService<InProcessReservationMemory>());
        services.AddSingleton<LeaseEnvironment>();
        services.AddSingleton<LeaseRenewer>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static s => s.GetRequiredService<LeaseRenewer>());
        services.AddSingleton<IConfigureGrainContextProvider, GhettoLeaseConfigurator>();
        services.AddSingleton(static s => new Canary(LockKey.OfCanary(s.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId)));
        if (membershipLasts) services.AddSingleton(FirstSiloOf);
        var runtimes = services.Last(static d => d.ServiceType == typeof(IFatalErrorHandler)).ImplementationType!;
        services.AddSingleton<IFatalErrorHandler>(s => new DefunctSilo(
            (IFatalErrorHandler)ActivatorUtilities.CreateInstance(s, runtimes), s.GetRequiredService<LeaseRenewer>()));
        return silo.AddIncomingGrainCallFilter<GhettoLockFilter>();
    }

    private static MemcachedLockStore CreateStore(IServiceProvider services) => new(
        services.GetRequiredService<IMemcached>(), services.GetRequiredService<Canary>(), services.GetRequiredService<TimeProvider>(),
        services.GetService<OutageLog>());

    private static ILifecycleParticipant<ISiloLifecycle> FirstSiloOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<LockingOptions>>().Value.EffectiveProvider == LockingProvider.Memcached
            ? ActivatorUtilities.CreateInstance<FirstSilo>(services)
            : services.GetRequiredService<LeaseRenewer>();

    private static MemcachedClient CreateClient(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<LockingOptions>>().Value;
        var memcached = options.Memcached;
        var servers = memcached.Names.Select(static n =>
            ServerAddress.TryParse(n, out var a) ? a : throw new FormatException($"'{n}' is not host:port.")).ToList();
        var client = new MemcachedClient(
            new MemcachedClientOptions
            {
                Servers = servers,
                Discovery = memcached.Discovery,
                LongestLife = options.Ttl,
                Connection = new MemcachedConnectionOptions
                {
                    Tls = memcached.Tls
                        ? new MemcachedTlsOptions
                        {
                            ServerName = memcached.TlsServerName,
                            CaFile = memcached.TlsCaFile,
                            Thumbprint = memcached.TlsThumbprint
                        }
                        : null,
                },
            },
            services.GetRequiredService<TimeProvider>(),
            new Random(),
            services.GetRequiredService<ILogger<MemcachedClient>>());
        client.ConnectionLost += services.GetRequiredService<LeaseRenewer>().RenewAllNow;
        return client;
    }
}
