using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Redshift.Postgres;

internal sealed partial class PostgresWarehouse
{
    [LoggerMessage(3100, LogLevel.Warning, "Another activation of {Tables} was writing: {Reason}")]
    private partial void LogOverlap(string tables, string reason);

    [LoggerMessage(3101, LogLevel.Warning, "The outcome of a transaction of {Tables} is unknown until its ledger is asked: {Reason}")]
    private partial void LogUnknown(string tables, string reason);

    [LoggerMessage(3102, LogLevel.Warning, "{Count} sessions that another activation of {Table} had left frozen within a transaction are ended")]
    private partial void LogFrozen(TableName table, long count);
}
