using Coordinator.Client;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coordinator.Laboratory.Cluster;

/// <summary>Clients of a cluster, in this process.</summary>
internal static class LabClient
{
    public static Task<IHost> ConnectAsync(IReadOnlyDictionary<string, string?> settings) => TestClient.ConnectAsync(settings);

    public static ICoordinatorClient Coordinator(this IHost host) => host.Services.GetRequiredService<ICoordinatorClient>();
}
