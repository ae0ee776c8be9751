using Coordinator.Tables;
using Coordinator.Warehouse.Redshift.Redshift.Isolation;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Redshift.Redshift;

internal sealed partial class RedshiftWarehouse
{
    [LoggerMessage(3200, LogLevel.Information, "The Redshift database has isolation level {Isolation}")]
    private partial void LogIsolation(IsolationLevel isolation);

    [LoggerMessage(3201, LogLevel.Warning, "Another activation of {Tables} was writing: {Reason}")]
    private partial void LogOverlap(string tables, string reason);

    [LoggerMessage(3202, LogLevel.Warning, "The outcome of a transaction of {Tables} was unknown ({Reason}); its ledger says: {Outcome}")]
    private partial void LogResolved(string tables, string reason, string outcome);

    [LoggerMessage(3203, LogLevel.Warning, "The outcome of a transaction of {Tables} is unknown until its ledger is asked: {Reason}")]
    private partial void LogUnknown(string tables, string reason);

    [LoggerMessage(3204, LogLevel.Warning, "{Count} sessions that another activation of {Table} had left frozen within a transaction are ended")]
    private partial void LogFrozen(TableName table, int count);
}
