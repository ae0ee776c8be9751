using Coordinator.Intents;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Tables;

internal sealed partial class TableGrain
{
    [LoggerMessage(2000, LogLevel.Error, "A batch of {Table} failed unexpectedly; its callers are told to try again")]
    private static partial void LogBatchFailed(ILogger logger, TableName table, Exception failure);

    [LoggerMessage(2001, LogLevel.Warning, "Update {Id} of {Source} held {Table} and was not heard of again; its turn is revoked")]
    private static partial void LogRevoked(ILogger logger, TableName table, IntentId id, string source);
}
