using Coordinator.Warehouse.Redshift.Isolation;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Redshift;

internal sealed partial class RedshiftWarehouse
{
    [LoggerMessage(3200, LogLevel.Information, "The Redshift database has isolation level {Isolation}")]
    private partial void LogIsolation(IsolationLevel isolation);

    [LoggerMessage(3201, LogLevel.Warning,
        "The database's isolation level cannot be read, and counts as SNAPSHOT, whose transactions are safe under both levels: {Reason}")]
    private partial void LogIsolationUnknown(string reason);

    [LoggerMessage(3202, LogLevel.Warning, "The outcome of a transaction of {Tables} was unknown ({Reason}); its ledger says: {Outcome}")]
    private partial void LogResolved(string tables, string reason, string outcome);
}
