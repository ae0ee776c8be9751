using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.TestServers;

/// <summary>Starts hosts that hold a client of a silo or a cluster and nothing else.</summary>
public static class TestClient
{
    /// <summary>Connects over TCP and returns the host, which the caller disposes.</summary>
    /// <param name="settings">Where the silos are: <see cref="SiloProcess.ClientSettings"/>.</param>
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
