using Coordinator.Intents;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Updates;

internal static partial class UpdateLog
{
    [LoggerMessage(2210, LogLevel.Warning, "Update {Id} failed in the warehouse and is retried")]
    public static partial void LogRetry(this ILogger logger, IntentId id, Exception failure);

    [LoggerMessage(2212, LogLevel.Warning, "Update {Id} touches other tables than before its wait, now {Tables}; it waits for these")]
    public static partial void LogOtherTables(this ILogger logger, IntentId id, string tables);

    [LoggerMessage(2211, LogLevel.Warning, "Update {Id} no longer holds {Table}; it is rolled back and restarts (restart {Restart})")]
    public static partial void LogRestart(this ILogger logger, IntentId id, TableName? table, int restart);
}
