using Coordinator.Warehouse.Redshift.Isolation;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Redshift;

internal sealed partial class RedshiftWarehouse
{
    [LoggerMessage(3200, LogLevel.Information, "The Redshift database has isolation level {Isolation}")]
    private partial void LogIsolation(IsolationLevel isolation);

    [LoggerMessage(3202, LogLevel.Warning, "The outcome of a transaction of {Tables} was unknown ({Reason}); its ledger says: {Outcome}")]
    private partial void LogResolved(string tables, string reason, string outcome);
}
