using Coordinator.Locking;
using Coordinator.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.IntegrationTests.Locking;

/// <summary>A cluster of one silo. Two of these give two activations of each grain within one service.</summary>
internal sealed class ProbeSilo : IAsyncDisposable
{
    public const string ServiceId = "probe";

    private readonly IHost _host;

    private ProbeSilo(IHost host) => _host = host;

    public static async Task<ProbeSilo> StartAsync(string servers, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection([new("Coordinator:Locking:Memcached:Servers", servers)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Coordinator:Locking:{s.Key}", (string?)s.Value)));
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort.Next(), FreePort.Next(), null, ServiceId, Guid.NewGuid().ToString("N"))
            .AddGrainExtension<IAnsweringExtension, AnsweringExtension>()
            .AddGhettoLocks(builder.Configuration));
        var host = builder.Build();
        await host.StartAsync();
        return new ProbeSilo(host);
    }

    public static string KeyOf(IGrain grain) => LockKey.Of(ServiceId, grain.GetGrainId());

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<T>(key);

    /// <summary>The number of active probe grains.</summary>
    public async Task<int> ActivationsAsync() =>
        (await Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics())
        .Count(static s => s.GrainType.Contains(nameof(ProbeGrain), StringComparison.Ordinal));

    private IServiceProvider Services => _host.Services;

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
