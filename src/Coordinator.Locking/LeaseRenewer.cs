namespace Coordinator.Locking;

/// <summary>One clock per silo runs the due steps of all held leases, so that many renewals share a write. It visits a lease only when a step of it
/// is due. It stops after the activations.</summary>
internal sealed class LeaseRenewer(TimeProvider clock) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly HashSet<GhettoLease> _leases = [];
    private readonly PriorityQueue<GhettoLease, long> _byDue = new();
    private readonly List<GhettoLease> _due = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private bool _areAllDue;

    public void Add(GhettoLease lease)
    {
        lock (_gate)
        {
            if (_leases.Add(lease)) _byDue.Enqueue(lease, lease.Lease.Due);
        }
    }

    public void Remove(GhettoLease lease)
    {
        lock (_gate) _leases.Remove(lease);
    }

    /// <summary>Renews all leases at the next tick, because memcached's last answers may be outdated, and operators should see that before the
    /// regular renewals.</summary>
    public void RenewAllNow()
    {
        foreach (var lease in All()) lease.Lease.RenewNow();
        lock (_gate) _areAllDue = true;
    }

    /// <summary>Gives up all leases, and their keys in the background.</summary>
    public void ReleaseAll()
    {
        foreach (var lease in All()) _ = lease.OnStop(CancellationToken.None);
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(LeaseRenewer), ServiceLifecycleStage.RuntimeInitialize, StartAsync, StopAsync);

    public void Dispose() => _stopping.Dispose();

    private GhettoLease[] All()
    {
        lock (_gate) return [.. _leases];
    }

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
            while (await timer.WaitForNextTickAsync(_stopping.Token)) RenewDue();
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    /// <summary>One tick.</summary>
    internal void RenewDue()
    {
        lock (_gate) TakeDue_NeedsLock();
        // Not awaited: renewals share a write, and a stalled server delays only its own leases.
        foreach (var lease in _due) lease.RenewIfDue();
        // A renewal that is under way is due until its answer comes, so the next tick looks again.
        lock (_gate) _byDue.EnqueueRange(_due.Select(static lease => (lease, lease.Lease.Due)));
        _due.Clear();
    }

    private void TakeDue_NeedsLock()
    {
        var now = clock.GetTimestamp();
        if (_areAllDue)
        {
            _areAllDue = false;
            _byDue.Clear();
            _due.AddRange(_leases);
        }

        while (_byDue.TryPeek(out var lease, out var due) && due <= now)
        {
            _byDue.Dequeue();
            if (_leases.Contains(lease)) _due.Add(lease);
        }
    }
}
