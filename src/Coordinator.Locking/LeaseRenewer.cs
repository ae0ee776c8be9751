using System.Collections.Concurrent;

namespace Coordinator.Locking;

/// <summary>
/// One loop per silo does what is due for all leases that are held, so that many renewals share a write. It outlives the activations: it stops
/// after them.
/// </summary>
internal sealed class LeaseRenewer(TimeProvider clock) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<GhettoLease, byte> _leases = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public void Add(GhettoLease lease) => _leases[lease] = 0;

    public void Remove(GhettoLease lease) => _leases.TryRemove(lease, out _);

    /// <summary>Renews everything at the next tick: what memcached last said may hold no longer, and an operator is to see so before the renewals come round.</summary>
    public void Hasten()
    {
        foreach (var (lease, _) in _leases) lease.Lease.Hasten();
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(LeaseRenewer), ServiceLifecycleStage.RuntimeInitialize, StartAsync, StopAsync);

    public void Dispose() => _stopping.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop;
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                // Nothing is awaited: renewals share a write, and a server that stalls holds up its own leases alone.
                foreach (var (lease, _) in _leases) lease.Keep();
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
