using Coordinator.Warehouse.Npgsql.Sessions;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

/// <summary>Finds out from another connection whether a session is still at its statement.</summary>
internal sealed class LostStatement(ConnectionPool source) : ISessionLooks
{
    private const string Question = """
        SELECT count(*), count(*) FILTER (WHERE wait_event_type = 'Client' AND wait_event = 'ClientRead' AND state_change < clock_timestamp() - $2
            AND pg_terminate_backend(pid))
        FROM pg_stat_activity WHERE pid = $1
        """;

    public async Task<bool> EndIfLostAsync(int processId, TimeSpan resting, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(Question, connection);
        command.Parameters.AddTyped(processId);
        command.Parameters.AddTyped(resting);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return reader.GetInt64(0) == 0 || reader.GetInt64(1) > 0;
    }

    public async Task AskAsync(int? processId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand("SELECT pg_terminate_backend($1)", connection);
        // Without a number it answers NULL.
        command.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = processId, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }
}
