using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Outcomes;

/// <summary>Finds out from another connection whether a session is still at its statement.</summary>
internal sealed class LostStatement(SessionPool source, TimeProvider time, ILogger logger) : ISessionLooks
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SystemQuestion _open = SessionViews.Open(logger);
    private readonly SystemQuestion _busy = SessionViews.Busy(logger);

    /// <summary>True if the session has ended, or was seen twice without a query, and without one for some time where the views show that. Then it
    /// is ended. Without views it counts as at its statement.</summary>
    public async Task<bool> EndIfLostAsync(int processId, TimeSpan resting, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        for (var look = 1; ; look++)
        {
            var open = await _open.AskAsync(connection, parameters => parameters.AddTyped(processId), cancellationToken).ConfigureAwait(false);
            if (open is null) return false;
            if (open.Count == 0) return true;
            var since = DateTime.SpecifyKind((time.GetUtcNow() - resting).UtcDateTime, DateTimeKind.Unspecified);
            var busy = await _busy.AskAsync(connection, parameters => parameters.AddTyped(since, NpgsqlDbType.Timestamp), cancellationToken)
                .ConfigureAwait(false);
            if (busy is null || busy.Contains(processId)) return false;
            if (look == 2) break;
            // Between two statements of one batch a session runs none.
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        await EndAsync(connection, processId, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async Task AskAsync(int? processId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (processId is { } session)
        {
            await EndAsync(connection, session, cancellationToken).ConfigureAwait(false);
            return;
        }

        await using var ask = new NpgsqlCommand("SELECT 1", connection);
        await ask.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task EndAsync(NpgsqlConnection connection, int processId, CancellationToken cancellationToken)
    {
        await using var end = new NpgsqlCommand("SELECT pg_terminate_backend($1)", connection);
        end.Parameters.AddTyped(processId);
        await end.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }
}
