using Microsoft.Extensions.Hosting;

namespace Coordinator.Warehouse.Redshift.Staging;

/// <summary>Sweeps the staging area when a silo starts and every hour.</summary>
internal sealed class StagingSweep(StagingArea area, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do await area.SweepAsync(stoppingToken).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
