using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Outages;

internal sealed partial class OutageWatch
{
    [LoggerMessage(2300, LogLevel.Error, "{What} takes no writes ({Cause}): {Message}")]
    private static partial void LogBegan(ILogger logger, string what, string cause, string message);

    [LoggerMessage(2301, LogLevel.Error, "{What} has taken no writes for {Lasted}, {Failures} calls failed ({Cause}): {Message}")]
    private static partial void LogLasts(ILogger logger, string what, TimeSpan lasted, long failures, string cause, string message);

    [LoggerMessage(2302, LogLevel.Information, "{What} takes writes again after {Lasted} and {Failures} failed calls ({Cause})")]
    private static partial void LogEnded(ILogger logger, string what, TimeSpan lasted, long failures, string cause);

    [LoggerMessage(2303, LogLevel.Warning,
        "{What} took no writes for {Lasted}, {Failures} calls failed ({Cause}); there were none for a minute, so whether it is over is not known")]
    private static partial void LogQuiet(ILogger logger, string what, TimeSpan lasted, long failures, string cause);

    [LoggerMessage(2310, LogLevel.Error, "{Service} does not answer: {Message}")]
    private static partial void LogServiceBegan(ILogger logger, string service, string message);

    [LoggerMessage(2311, LogLevel.Error, "{Service} has not answered for {Lasted}, {Failures} calls failed: {Message}")]
    private static partial void LogServiceLasts(ILogger logger, string service, TimeSpan lasted, long failures, string message);

    [LoggerMessage(2312, LogLevel.Information, "{Service} answers again after {Lasted} and {Failures} failed calls")]
    private static partial void LogServiceEnded(ILogger logger, string service, TimeSpan lasted, long failures);

    [LoggerMessage(2313, LogLevel.Warning,
        "{Service} did not answer for {Lasted}, {Failures} calls failed; there were none for a minute, so whether it answers now is not known")]
    private static partial void LogServiceQuiet(ILogger logger, string service, TimeSpan lasted, long failures);
}
