using System.Globalization;
using Coordinator.Client;
using Coordinator.Core.Warehouses;
using Coordinator.Hosting;
using Coordinator.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Laboratory.SchemaChanges;

/// <summary>A silo in this process, with its client.</summary>
internal sealed class AlteredSilo(IHost host) : IAsyncDisposable
{
    public ICoordinatorClient Client => host.Services.GetRequiredService<ICoordinatorClient>();

    /// <param name="settings">The settings of its warehouse.</param>
    /// <param name="isBlind">Disables the check that the table is still the one that rows were bound to. The laboratory must detect the
    /// result.</param>
    public static async Task<AlteredSilo> StartAsync(IReadOnlyDictionary<string, string?> settings, bool isBlind)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Coordinator:Clustering:ClusterId"] = "ddl-" + Guid.NewGuid().ToString("N"),
            ["Coordinator:Silo:SiloPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["Coordinator:Silo:GatewayPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            // Redshift's flush interval would delay every case.
            ["Coordinator:Grains:Queue:FlushInterval"] = "00:00:00.001",
        });
        builder.UseOrleans(silo => silo.AddCoordinator(builder.Configuration));
        builder.Services.AddCoordinatorClient(static options => options.Source = "ddl");
        if (isBlind)
        {
            var real = builder.Services.Last(static s => s.ServiceType == typeof(IWarehouse));
            builder.Services.Remove(real);
            builder.Services.AddSingleton<IWarehouse>(provider =>
                new BlindWarehouse((IWarehouse)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)));
        }

        var host = builder.Build();
        await host.StartAsync();
        return new AlteredSilo(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else host.Dispose();
    }
}
