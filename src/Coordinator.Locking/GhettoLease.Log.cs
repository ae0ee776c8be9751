using Coordinator.Contention;
using Microsoft.Extensions.Logging;

namespace Coordinator.Locking;

internal sealed partial class GhettoLease
{
    [LoggerMessage(1100, LogLevel.Debug, "{Key} is held by this activation ({Token}).")]
    private static partial void LogHeld(ILogger logger, string key, string token);

    [LoggerMessage(1101, LogLevel.Warning, "{Key} cannot be verified by {Token}; the activation proceeds without it: {Detail}")]
    private static partial void LogUnverified(ILogger logger, string key, string token, string detail);

    [LoggerMessage(1102, LogLevel.Warning, "{Key} was lost by {Token} to '{Rival}'; the activation ends.")]
    private static partial void LogLost(ILogger logger, string key, string token, string rival);

    [LoggerMessage(1103, LogLevel.Warning, "{Key} could not be released; it expires with its TTL. {Detail}")]
    private static partial void LogNotReleased(ILogger logger, string key, string detail);

    [LoggerMessage(1104, LogLevel.Error, "A step of the lease of {Key} failed.")]
    private static partial void LogStepFailed(ILogger logger, string key, Exception failure);

    [LoggerMessage(1105, LogLevel.Debug, "{Key} is requested by a new activation ({Token}).")]
    private static partial void LogBegins(ILogger logger, string key, string token);

    [LoggerMessage(1106, LogLevel.Information, "{Key} is held by '{Rival}'; the activation {Token} waits.")]
    private static partial void LogWaits(ILogger logger, string key, string token, string rival);

    [LoggerMessage(1107, LogLevel.Information, "{Key} is in quarantine; the activation {Token} waits: {Detail}")]
    private static partial void LogQuarantined(ILogger logger, string key, string token, string detail);

    [LoggerMessage(1108, LogLevel.Debug, "{Key} is released by {Token}.")]
    private static partial void LogReleased(ILogger logger, string key, string token);

    [LoggerMessage(1109, LogLevel.Debug, "{Key} was no longer held by {Token} when its activation ended.")]
    private static partial void LogEnded(ILogger logger, string key, string token);

    private void Report(LeaseState before, LeaseState after)
    {
        if (!_hasMetRival && after == LeaseState.Waiting && lease.Rival is { Length: > 0 } rival)
        {
            _hasMetRival = true;
            LogWaits(environment.Logger, key, Token, rival);
        }

        if (before == after) return;
        switch (after)
        {
            case LeaseState.Quarantined:
                LogQuarantined(environment.Logger, key, Token, _lastReply.Detail);
                break;
            case LeaseState.Held:
                LockingMetrics.Acquired.Add(1);
                LogHeld(environment.Logger, key, Token);
                break;
            case LeaseState.Unverified:
                LockingMetrics.Unverified.Add(1);
                LogUnverified(environment.Logger, key, Token, _lastReply.Detail);
                break;
            default:
                break;
        }
    }
}
