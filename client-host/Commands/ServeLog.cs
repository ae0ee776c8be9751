using Coordinator.ClientHost.Settings;

namespace Coordinator.ClientHost.Commands;

internal static partial class ServeLog
{
    [LoggerMessage(6001, LogLevel.Information, "Starting {Summary}")]
    public static partial void LogStart(this ILogger logger, ServeSummary summary);
}
