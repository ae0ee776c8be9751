using Coordinator.Laboratory.Cluster;

namespace Coordinator.Laboratory.Chaos.Staging;

/// <summary>Keeps silos and client-host running.</summary>
internal sealed class Keeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Dictionary<SiloNode, KeptProcess> _silos;
    private readonly Task _work;

    public Keeper(IReadOnlyList<SiloNode> nodes, ClientNode client, Action<string> report, TimeProvider clock)
    {
        _silos = nodes.ToDictionary(static n => n, n => new KeptProcess(n.Name, () => n.IsRunning, n.StartAsync, report, clock));
        Client = new KeptProcess("client-host", () => client.IsRunning, client.StartAsync, report, clock);
        _work = Task.WhenAll([.. _silos.Values.Append(Client).Select(p => p.RunAsync(_over.Token))]);
    }

    public KeptProcess Client { get; }

    public KeptProcess Of(SiloNode node) => _silos[node];

    /// <summary>Waits until everything runs.</summary>
    public Task AllUpAsync(CancellationToken ct) => Task.WhenAll(_silos.Values.Append(Client).Select(p => p.KeepUpAsync(ct)));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _work;
        _over.Dispose();
    }
}
