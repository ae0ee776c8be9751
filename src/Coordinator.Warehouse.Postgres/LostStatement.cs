using Npgsql;

namespace Coordinator.Warehouse.Postgres;

/// <summary>Finds out from another connection whether a session is still at its statement.</summary>
internal static class LostStatement
{
    private const string Question = """
        SELECT count(*), count(*) FILTER (WHERE wait_event_type = 'Client' AND wait_event = 'ClientRead' AND state_change < clock_timestamp() - $2
            AND pg_terminate_backend(pid))
        FROM pg_stat_activity WHERE pid = $1
        """;

    /// <summary>True if the session has ended, or has waited for its client since before the given time. Then it is ended.</summary>
    public static async Task<bool> EndAsync(NpgsqlConnection connection, int processId, TimeSpan waiting, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Question, connection);
        command.Parameters.AddTyped(processId);
        command.Parameters.AddTyped(waiting);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return reader.GetInt64(0) == 0 || reader.GetInt64(1) > 0;
    }
}
