using Coordinator.Intents;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Tables;

internal sealed partial class TableGrain
{
    [LoggerMessage(2000, LogLevel.Error, "A batch of {Table} failed unexpectedly; its callers get an error and retry")]
    private static partial void LogBatchFailed(ILogger logger, TableName table, Exception failure);

    [LoggerMessage(2001, LogLevel.Warning, "Update {Id} of {Source} held {Table} and was not heard of again; its turn is revoked")]
    private static partial void LogRevoked(ILogger logger, TableName table, IntentId id, string source);

    [LoggerMessage(2002, LogLevel.Warning, "Which updates hold {Table} could not be read: those that do will start again")]
    private static partial void LogNotRestored(ILogger logger, TableName table);

    [LoggerMessage(2003, LogLevel.Warning, "Which updates hold {Table} may not be remembered: if its grain moves now, they start again")]
    private static partial void LogNotRemembered(ILogger logger, TableName table);

    [LoggerMessage(2005, LogLevel.Warning, "{Table} is not the table that rows were bound to: {Change}. What waits is bound again")]
    private static partial void LogSchemaChanged(ILogger logger, TableName table, string change);

    [LoggerMessage(2004, LogLevel.Error, "A tick of {Table} failed; the next one is tried")]
    private static partial void LogTickFailed(ILogger logger, TableName table, Exception failure);
}
