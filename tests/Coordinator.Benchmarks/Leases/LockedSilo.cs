using Coordinator.Locking;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Benchmarks.Leases;

/// <summary>A private memcached, and a silo in this process that has only locked grains.</summary>
internal sealed class LockedSilo : IAsyncDisposable
{
    private const string ServiceId = "benchmark";

    private readonly TestSilo _silo;

    private LockedSilo(TestSilo silo, MemcachedServer memcached) => (_silo, Memcached) = (silo, memcached);

    public MemcachedServer Memcached { get; }

    public IServiceProvider Services => _silo.Services;

    public static async Task<LockedSilo> StartAsync()
    {
        var memcached = await MemcachedServer.StartAsync();
        await memcached.GrowOldAsync(ServiceId);
        var silo = await TestSilo.StartAsync(
            ServiceId,
            [new("Coordinator:Locking:Memcached:Servers", memcached.Endpoint)],
            static (silo, configuration) =>
            {
                silo.Services.AddSingleton<LockedContexts>();
                silo.AddGhettoLocks(configuration);
            });
        return new LockedSilo(silo, memcached);
    }

    public Task TouchAsync(long grain) => _silo.Grains.GetGrain<ILockedGrain>(grain).TouchAsync();

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await Memcached.DisposeAsync();
    }
}
