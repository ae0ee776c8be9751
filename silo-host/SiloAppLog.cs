using Coordinator.Hosting;

namespace Coordinator.SiloHost;

internal static partial class SiloAppLog
{
    [LoggerMessage(6000, LogLevel.Information, "Starting {Summary}")]
    public static partial void LogStart(this ILogger logger, SiloSummary summary);
}
