using Coordinator.Client;
using Microsoft.Extensions.Hosting;

namespace Coordinator.Laboratory.Cluster;

/// <summary>Several clients of a cluster, each with connections of its own.</summary>
internal sealed class LabClients : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    private LabClients()
    {
    }

    public IEnumerable<ICoordinatorClient> All => _hosts.Select(static host => host.Coordinator());

    public static async Task<LabClients> ConnectAsync(IReadOnlyDictionary<string, string?> settings, int count)
    {
        var clients = new LabClients();
        for (var i = 0; i < count; i++) clients._hosts.Add(await LabClient.ConnectAsync(settings));
        return clients;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await ((IAsyncDisposable)host).DisposeAsync();
    }
}
