using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coordinator.Hosting;

/// <summary>Runs a host to its end.</summary>
public static partial class HostRun
{
    /// <summary>Starts a host and returns when it has ended. An end that is requested during the start is no failure.</summary>
    public static async Task RunToEndAsync(this IHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            await host.StartOrStopAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (IsEnding(host, cancellationToken))
        {
            LogEnded(LoggerOf(host));
            return;
        }

        await host.WaitForShutdownAsync(cancellationToken);
        await ThrowFaultsAsync(host);
    }

    /// <summary>Starts a host. If its end is requested in the meantime, stops what had begun.</summary>
    /// <exception cref="OperationCanceledException">The end was requested.</exception>
    public static async Task StartOrStopAsync(this IHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (IsEnding(host, cancellationToken))
        {
            // What was being started fails in many ways when it is interrupted.
            await StopAsync(host);
            await ThrowFaultsAsync(host);
            throw new OperationCanceledException("The host was asked to end before it had started.", failure);
        }
    }

    /// <summary>A background service that failed ended the host: that is no end that was asked for.</summary>
    private static async Task ThrowFaultsAsync(IHost host)
    {
        foreach (var service in host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            if (service.ExecuteTask is { IsFaulted: true } failed) await failed;
        }
    }

    private static bool IsEnding(IHost host, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        || host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static async Task StopAsync(IHost host)
    {
        try
        {
            await host.StopAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogNotStopped(LoggerOf(host), failure);
        }
    }

    private static ILogger LoggerOf(IHost host) => host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HostRun));

    [LoggerMessage(6100, LogLevel.Information, "The host was asked to end before it had started")]
    private static partial void LogEnded(ILogger logger);

    [LoggerMessage(6101, LogLevel.Debug, "Not everything that had begun could be stopped")]
    private static partial void LogNotStopped(ILogger logger, Exception failure);
}
