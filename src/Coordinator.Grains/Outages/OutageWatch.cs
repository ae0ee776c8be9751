using Coordinator.Contention;
using Coordinator.Core.Outages;
using Coordinator.Core.Warehouses;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Outages;

/// <summary>Reports outages in the log, and asks the warehouse whether it answers while only that can tell. A healthy warehouse is asked
/// nothing.</summary>
internal sealed partial class OutageWatch(IWarehouse warehouse, OutageLog outages, TimeProvider clock, ILogger<OutageWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private Task _probe = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (outages.IsInDoubt && _probe.IsCompleted) _probe = ProbeAsync(stoppingToken);
                foreach (var news in outages.Tick()) Report(news);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo ends.
        }
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        try
        {
            await WarehouseProbe.AskAsync(warehouse, clock, stopping);
            outages.OnAnswered();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo ends.
        }
        catch (Exception failure)
        {
            var told = failure as WarehouseException
                ?? new WarehouseException(FailureKind.Unavailable, failure.Message, failure) { Cause = FailureCause.Connection };
            outages.OnFailed(null, told, isProven: true);
        }
    }

    private void Report(OutageNews news)
    {
        var (outage, lasted) = (news.Outage, TimeSpan.FromSeconds(Math.Round(news.Lasted.TotalSeconds)));
        if (outage.Service is { } service)
        {
            ReportService(news.Stage, Capitalized(service), outage, lasted);
            return;
        }

        var what = outage.Table is { } table ? $"Table {table}" : warehouse.Name;
        switch (news.Stage)
        {
            case OutageStage.Began:
                LogBegan(logger, what, outage.Cause, outage.Message);
                break;
            case OutageStage.Lasts:
                LogLasts(logger, what, lasted, outage.Failures, outage.Cause, outage.Message);
                break;
            case OutageStage.Ended:
                LogEnded(logger, what, lasted, outage.Failures, outage.Cause);
                break;
            default:
                LogQuiet(logger, what, lasted, outage.Failures, outage.Cause);
                break;
        }
    }

    private void ReportService(OutageStage stage, string service, OutageFigures outage, TimeSpan lasted)
    {
        switch (stage)
        {
            case OutageStage.Began:
                LogServiceBegan(logger, service, outage.Message);
                break;
            case OutageStage.Lasts:
                LogServiceLasts(logger, service, lasted, outage.Failures, outage.Message);
                break;
            case OutageStage.Ended:
                LogServiceEnded(logger, service, lasted, outage.Failures);
                break;
            default:
                LogServiceQuiet(logger, service, lasted, outage.Failures);
                break;
        }
    }

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
