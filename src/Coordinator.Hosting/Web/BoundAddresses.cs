using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Coordinator.Hosting.Web;

/// <summary>Ends the start of a host that listens beyond loopback in spite of what its settings say: what counts is what was bound.</summary>
internal sealed class BoundAddresses(IServer server) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return bound.FirstOrDefault(static address => !LoopbackUrls.IsLoopback(address)) is { } beyond
            ? throw new InvalidOperationException($"This host listens on {beyond}, which is beyond loopback, and has no authentication.")
            : Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
