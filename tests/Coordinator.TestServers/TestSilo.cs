using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.TestServers;

/// <summary>A silo in this process, on free loopback ports, in its own cluster.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts a silo that has only what <paramref name="configure"/> adds.</summary>
    /// <param name="serviceId">The service: silos of one service contend for the same locks, in different clusters too.</param>
    /// <param name="settings">Configuration by its keys.</param>
    /// <param name="configure">Adds grains and their services.</param>
    public static Task<TestSilo> StartAsync(
        string serviceId, IEnumerable<KeyValuePair<string, string?>> settings, Action<ISiloBuilder, IConfiguration> configure) =>
        StartAsync(settings, builder => builder.UseOrleans(silo =>
        {
            var id = builder.Configuration["Coordinator:Clustering:ClusterId"]!;
            silo.UseLocalhostClustering(Port(builder, "SiloPort"), Port(builder, "GatewayPort"), null, serviceId, id);
            configure(silo, builder.Configuration);
        }));

    /// <summary>Starts the host that <paramref name="configure"/> builds from the settings, with free ports and a new cluster.</summary>
    public static async Task<TestSilo> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Coordinator:Clustering:ClusterId", Guid.NewGuid().ToString("N")),
            new("Coordinator:Silo:SiloPort", Text(FreePort.Next())),
            new("Coordinator:Silo:GatewayPort", Text(FreePort.Next())),
        ]);
        configure(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else _host.Dispose();
    }

    private static int Port(HostApplicationBuilder builder, string name) =>
        int.Parse(builder.Configuration["Coordinator:Silo:" + name]!, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
