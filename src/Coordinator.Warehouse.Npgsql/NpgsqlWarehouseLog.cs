using Coordinator.Tables;
using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.Npgsql;

/// <summary>What PostgreSQL and Redshift log alike. Event ids 3000 to 3099.</summary>
internal static partial class NpgsqlWarehouseLog
{
    [LoggerMessage(3000, LogLevel.Warning, "Another activation of {Tables} was writing: {Reason}")]
    public static partial void Overlap(ILogger logger, string tables, string reason);

    [LoggerMessage(3001, LogLevel.Warning, "The outcome of a transaction of {Tables} is unknown until its ledger is asked: {Reason}")]
    public static partial void Unknown(ILogger logger, string tables, string reason);

    [LoggerMessage(3002, LogLevel.Warning, "{Count} sessions that another activation of {Table} had left frozen within a transaction are ended")]
    public static partial void Frozen(ILogger logger, int count, TableName table);

    [LoggerMessage(3003, LogLevel.Error, "The coordinator's user lacks a right, so it cannot write: {Reason}")]
    public static partial void Permission(ILogger logger, string reason);

    [LoggerMessage(3004, LogLevel.Error, "{Loss}")]
    public static partial void LedgerLost(ILogger logger, string loss);
}
