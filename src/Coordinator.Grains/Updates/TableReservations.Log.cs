using Coordinator.Intents;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Updates;

internal sealed partial class TableReservations
{
    [LoggerMessage(2200, LogLevel.Warning, "The grain of {Table} did not answer for update {Id}")]
    private static partial void LogReserveFailed(ILogger logger, TableName table, IntentId id, Exception failure);

    [LoggerMessage(2201, LogLevel.Warning, "{Table} is no longer held for update {Id}: it is rolled back and starts again")]
    private static partial void LogLost(ILogger logger, TableName table, IntentId id);
}
