using Coordinator.Laboratory.Cluster;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Laboratory.Chaos.Staging;

/// <summary>Runs statements on PostgreSQL from outside, and repeats those that another fault hinders.</summary>
internal sealed class Administrator(LabCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Unpooled: servers end under their sessions.</summary>
    public NpgsqlDataSource Source { get; } =
        NpgsqlDataSource.Create(cluster.Database + ";Pooling=false;Timeout=5;Command Timeout=20;Application Name=laboratory");

    public Task RunAsync(string sql, CancellationToken ct) => Eventually.TrueAsync($"PostgreSQL runs {sql}", async token =>
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(token);
            // Beside a fault that makes it read-only.
            await using (var open = new NpgsqlCommand("SET default_transaction_read_only = off", connection)) await open.ExecuteNonQueryAsync(token);
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(token);
            return true;
        }
        catch (NpgsqlException failure) when (failure is not PostgresException { SqlState: PostgresErrorCodes.InvalidTextRepresentation })
        {
            return false;
        }
    }, Patience, ct);

    /// <summary>Ends all sessions of silos with the warehouse.</summary>
    public Task EndSessionsAsync(CancellationToken ct) => RunAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{LabCluster.Writer}'", ct);
}
