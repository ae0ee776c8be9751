using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Clustering.Postgres;

/// <summary>Creates the membership schema before Orleans reads it. Any number of silos may do this concurrently and repeatedly.</summary>
internal sealed partial class MembershipSchema(string connectionString, TimeProvider clock, ILogger<MembershipSchema> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>The schema. The coordinator creates nothing in the user's own schema.</summary>
    public const string Name = "coordinator_cluster";

    // Silos and database are often started together.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(MembershipSchema), ServiceLifecycleStage.First, StartAsync);

    /// <summary>Creates missing tables, and replaces statements of other versions.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // A user without the right to create the schema may use an existing one.
        if (await IsCurrentAsync(connection, cancellationToken))
        {
            await ExecuteAsync(connection, MembershipSql.EnsureWritable, cancellationToken);
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, MembershipSql.LockOthersOut, cancellationToken);
        await ExecuteAsync(connection, MembershipSql.CreateTables, cancellationToken);
        foreach (var (key, text) in MembershipSql.Statements)
        {
            await using var command = new NpgsqlCommand(
                MembershipSql.PutStatement, connection)
            { Parameters = { new() { Value = key }, new() { Value = text } } };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        LogCreated(logger, Name);
    }

    private static async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (var exists = new NpgsqlCommand(MembershipSql.Exists, connection))
        {
            if (await exists.ExecuteScalarAsync(cancellationToken) is not true) return false;
        }

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(MembershipSql.ReadStatements, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found[reader.GetString(0)] = reader.GetString(1);
        return MembershipSql.Statements.All(s => found.TryGetValue(s.Key, out var text) && text == s.Value);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A server that is away, or read-only, as during a failover.</summary>
    private static bool IsPassing(NpgsqlException failure) => failure.IsTransient || failure.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction;

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await EnsureAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException failure) when (IsPassing(failure) && clock.GetElapsedTime(started) < Limit)
            {
                LogWaiting(logger, failure.Message);
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (NpgsqlException failure)
            {
                throw new MembershipUnavailableException(
                    $"The membership cannot be kept in the PostgreSQL of Coordinator:Clustering:ConnectionString: {failure.Message}", failure);
            }
        }
    }
}
