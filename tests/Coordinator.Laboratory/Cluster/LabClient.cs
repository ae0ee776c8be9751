using Coordinator.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Laboratory.Cluster;

/// <summary>Clients of a cluster, in this process.</summary>
internal static class LabClient
{
    public static async Task<IHost> ConnectAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddCoordinatorClient();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static ICoordinatorClient Coordinator(this IHost host) => host.Services.GetRequiredService<ICoordinatorClient>();
}
