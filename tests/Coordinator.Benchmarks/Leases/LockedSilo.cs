using Coordinator.Locking;
using Coordinator.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Benchmarks.Leases;

/// <summary>A private memcached, and a silo in this process that has only locked grains.</summary>
internal sealed class LockedSilo : IAsyncDisposable
{
    private const string ServiceId = "benchmark";

    private readonly IHost _host;

    private LockedSilo(IHost host, MemcachedServer memcached) => (_host, Memcached) = (host, memcached);

    public MemcachedServer Memcached { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<LockedSilo> StartAsync()
    {
        var memcached = await MemcachedServer.StartAsync();
        await memcached.GrowOldAsync(ServiceId);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.Configuration.AddInMemoryCollection([new("Coordinator:Locking:Memcached:Servers", memcached.Endpoint)]);
        builder.Services.AddSingleton<LockedContexts>();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort.Next(), FreePort.Next(), null, ServiceId, ServiceId)
            .AddGhettoLocks(builder.Configuration));
        var host = builder.Build();
        await host.StartAsync();
        return new LockedSilo(host, memcached);
    }

    public Task TouchAsync(long grain) => Services.GetRequiredService<IGrainFactory>().GetGrain<ILockedGrain>(grain).TouchAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Memcached.DisposeAsync();
    }
}
