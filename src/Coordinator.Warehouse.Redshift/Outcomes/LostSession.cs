using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Credentials;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Coordinator.Warehouse.Redshift.Outcomes;

/// <summary>Determines the outcome of a COMMIT whose connection was lost: ensures that the old session has ended, because a lost connection does
/// not stop a statement, and then reads the ledger on a new connection.</summary>
internal sealed class LostSession(SessionPool source, TimeSpan timeout, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SystemQuestion _open = SessionViews.Open(logger);

    /// <summary>When the batch was committed; null if it was certainly rolled back.</summary>
    /// <exception cref="WarehouseException">Unknown: the old session did not end in time, or no view shows whether it has.</exception>
    public async Task<DateTimeOffset?> OutcomeAsync(int processId, string outcomeSql, Guid batchId)
    {
        // Not the caller's token: the outcome is needed in any case.
        using var limit = new CancellationTokenSource(timeout, time);
        await using var connection = await source.OpenConnectionAsync(limit.Token).ConfigureAwait(false);
        await EndAsync(connection, processId, limit.Token).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(outcomeSql, connection);
        command.Parameters.AddTyped(batchId.ToString("D"), NpgsqlDbType.Varchar);
        return await command.ExecuteScalarAsync(limit.Token).ConfigureAwait(false) is DateTime at ? new DateTimeOffset(at) : null;
    }

    private async Task EndAsync(NpgsqlConnection connection, int processId, CancellationToken cancellationToken)
    {
        await using var self = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        // If the new session has this process id, the old one has ended.
        if ((int)(await self.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))! == processId) return;
        for (var isAsked = false; await IsThereAsync(connection, processId, cancellationToken).ConfigureAwait(false); isAsked = true)
        {
            if (!isAsked)
            {
                await using var end = new NpgsqlCommand("SELECT pg_terminate_backend($1)", connection);
                end.Parameters.AddTyped(processId);
                await end.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsThereAsync(NpgsqlConnection connection, int processId, CancellationToken cancellationToken)
    {
        var found = await _open.AskAsync(connection, parameters => parameters.AddTyped(processId), cancellationToken).ConfigureAwait(false)
            ?? throw new WarehouseException(FailureKind.Unknown, $"No system view shows whether session {processId} has ended.");
        return found.Count > 0;
    }
}
