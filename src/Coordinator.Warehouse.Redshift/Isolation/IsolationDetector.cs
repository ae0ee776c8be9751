using Npgsql;

namespace Coordinator.Warehouse.Redshift.Isolation;

/// <summary>Reads the isolation level. It belongs to the database, set by CREATE or ALTER DATABASE, and not to a session.</summary>
internal static class IsolationDetector
{
    private const string Sql = "SELECT database_isolation_level FROM svv_redshift_databases WHERE database_name = current_database()";

    /// <summary>The level. An unreadable level counts as SNAPSHOT, whose transactions are safe under both levels.</summary>
    public static async Task<IsolationLevel> DetectAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sql);
        var level = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
        return level is not null && level.Contains("serializable", StringComparison.OrdinalIgnoreCase)
            ? IsolationLevel.Serializable
            : IsolationLevel.Snapshot;
    }
}
