using Npgsql;

namespace Coordinator.Warehouse.Redshift.Isolation;

/// <summary>Reads the isolation level. It belongs to the database, set by CREATE or ALTER DATABASE, and not to a session.</summary>
internal static class IsolationDetector
{
    private const string Sql = "SELECT database_isolation_level FROM svv_redshift_databases WHERE database_name = current_database()";

    /// <summary>The level, and why it is in doubt, if it is: an unreadable level counts as SNAPSHOT, whose transactions are safe under both
    /// levels. A Multi-AZ cluster has no SVV views.</summary>
    public static async Task<(IsolationLevel Level, string? Doubt)> DetectAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is string level
                ? (level.Contains("serializable", StringComparison.OrdinalIgnoreCase) ? IsolationLevel.Serializable : IsolationLevel.Snapshot, null)
                : (IsolationLevel.Snapshot, "svv_redshift_databases has no row for this database");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable)
        {
            return (IsolationLevel.Snapshot, e.MessageText);
        }
    }
}
