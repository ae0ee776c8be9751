using System.Collections.Concurrent;

namespace Coordinator.Locking;

/// <summary>One loop per silo runs the due steps of all held leases, so that many renewals share a write. It stops after the
/// activations.</summary>
internal sealed class LeaseRenewer(TimeProvider clock) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<GhettoLease, byte> _leases = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public void Add(GhettoLease lease) => _leases[lease] = 0;

    public void Remove(GhettoLease lease) => _leases.TryRemove(lease, out _);

    /// <summary>Renews all leases at the next tick, because memcached's last answers may be outdated, and operators should see that before the
    /// regular renewals.</summary>
    public void RenewAllNow()
    {
        foreach (var (lease, _) in _leases) lease.Lease.RenewNow();
    }

    /// <summary>Gives up all leases, and their keys in the background.</summary>
    public void ReleaseAll()
    {
        foreach (var (lease, _) in _leases) _ = lease.OnStop(CancellationToken.None);
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
                // Not awaited: renewals share a write, and a stalled server delays only its own leases.
                foreach (var (lease, _) in _leases) lease.RenewIfDue();
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
