using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.TestServers;

/// <summary>Starts hosts with a client of a silo or a cluster.</summary>
public static class TestClient
{
    /// <summary>Connects over TCP and returns the host. The caller disposes it.</summary>
    /// <param name="settings">The addresses of the silos: <see cref="SiloProcess.ClientSettings"/>.</param>
    public static async Task<IHost> ConnectAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddCoordinatorClient();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
