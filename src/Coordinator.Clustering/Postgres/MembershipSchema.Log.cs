using Microsoft.Extensions.Logging;

namespace Coordinator.Clustering.Postgres;

internal sealed partial class MembershipSchema
{
    [LoggerMessage(5000, LogLevel.Information, "The membership's schema {Schema} is created or brought up to date")]
    private static partial void LogCreated(ILogger logger, string schema);

    [LoggerMessage(5001, LogLevel.Warning, "PostgreSQL does not answer yet: {Failure}")]
    private static partial void LogWaiting(ILogger logger, string failure);
}
