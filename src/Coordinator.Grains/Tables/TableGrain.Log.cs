using Coordinator.Intents;
using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Tables;

internal sealed partial class TableGrain
{
    [LoggerMessage(2000, LogLevel.Error, "A batch of {Table} failed unexpectedly; its callers get an error and retry")]
    private static partial void LogBatchFailed(ILogger logger, TableName table, Exception failure);

    [LoggerMessage(2001, LogLevel.Warning, "Update {Id} of {Source} held {Table} and did not renew in time; its turn is revoked")]
    private static partial void LogRevoked(ILogger logger, TableName table, IntentId id, string source);

    [LoggerMessage(2002, LogLevel.Warning, "The holders of {Table} could not be read; updates that hold it restart")]
    private static partial void LogNotRestored(ILogger logger, TableName table);

    [LoggerMessage(2003, LogLevel.Warning, "The holders of {Table} may not have been stored; if its grain moves now, they restart")]
    private static partial void LogNotRemembered(ILogger logger, TableName table);

    [LoggerMessage(2005, LogLevel.Warning, "{Table} has changed since rows were bound to it: {Change}. Waiting rows are bound again")]
    private static partial void LogSchemaChanged(ILogger logger, TableName table, string change);

    [LoggerMessage(2004, LogLevel.Error, "A tick of {Table} failed; the next tick follows")]
    private static partial void LogTickFailed(ILogger logger, TableName table, Exception failure);

    private void OnSchemaChanged(string change)
    {
        LogSchemaChanged(logger, _table, change);
        _account.OnSchemaChanged(change);
    }
}
