using Microsoft.Extensions.Logging;

namespace Coordinator.Locking;

internal sealed partial class GhettoLease
{
    [LoggerMessage(1100, LogLevel.Debug, "{Key} is held by this activation ({Token}).")]
    private static partial void LogHeld(ILogger logger, string key, string token);

    [LoggerMessage(1101, LogLevel.Warning, "{Key} cannot be verified, going on without: {Detail}")]
    private static partial void LogUnverified(ILogger logger, string key, string detail);

    [LoggerMessage(1102, LogLevel.Warning, "{Key} is lost by {Token} to '{Rival}': the activation ends.")]
    private static partial void LogLost(ILogger logger, string key, string token, string rival);

    [LoggerMessage(1103, LogLevel.Warning, "{Key} could not be released; it ends with its time. {Detail}")]
    private static partial void LogNotReleased(ILogger logger, string key, string detail);

    [LoggerMessage(1104, LogLevel.Error, "A step of {Key} failed.")]
    private static partial void LogStepFailed(ILogger logger, string key, Exception failure);
}
