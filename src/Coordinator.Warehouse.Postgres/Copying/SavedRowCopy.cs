using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Postgres.Failures;
using Npgsql;

namespace Coordinator.Warehouse.Postgres.Copying;

/// <summary>Writes rows some of which PostgreSQL rejects: what is rejected is rolled back to a savepoint, and the others are written in the same
/// transaction.</summary>
internal static class SavedRowCopy
{
    /// <summary>Sets the savepoint before rows. PostgreSQL keeps the newest of a name.</summary>
    public const string Save = "SAVEPOINT coordinator_rows";

    /// <summary>With more failures the batch is rejected: smaller transactions cost less than many savepoints, which slow down every
    /// snapshot.</summary>
    private const int MaxFailures = 16;

    /// <summary>Writes what can be written.</summary>
    /// <param name="transaction">A transaction that has run <see cref="Save"/>.</param>
    /// <param name="schema">The table.</param>
    /// <param name="intents">The intents.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The intents that are written, in their order, and the rejections of the others.</returns>
    public static async Task<(IReadOnlyList<InsertIntent> Written, IReadOnlyList<WarehouseException> Rejected)> WriteAsync(
        OpenTransaction transaction, TableSchema schema, IReadOnlyList<InsertIntent> intents, CancellationToken cancellationToken)
    {
        var (written, rejected, failures) = (new List<InsertIntent>(), new List<WarehouseException>(), 0);
        var left = new Stack<IReadOnlyList<InsertIntent>>([intents]);
        while (left.TryPop(out var part))
        {
            if (written.Count > 0) await RunAsync(transaction, Save, cancellationToken).ConfigureAwait(false);
            try
            {
                await transaction.RunBriefAsync(token => RowCopy.WriteAsync(transaction.Connection, schema, part, token), cancellationToken)
                    .ConfigureAwait(false);
                written.AddRange(part);
            }
            catch (Exception e) when (RejectionOf(e) is { } rejection && ++failures <= MaxFailures)
            {
                await RollBackAsync(transaction, cancellationToken).ConfigureAwait(false);
                if (rejection is { IsOfRow: true, Intent: { } named })
                {
                    rejected.Add(rejection);
                    left.Push([.. part.Where(intent => intent.Id != named)]);
                }
                else if (part.Count == 1)
                {
                    rejected.Add(rejection.InRow((part[0].Id, rejection.Row)));
                }
                else
                {
                    left.Push([.. part.Skip(part.Count / 2)]);
                    left.Push([.. part.Take(part.Count / 2)]);
                }
            }
        }

        return (written, rejected);
    }

    /// <summary>Undoes what the transaction has done since the savepoint.</summary>
    public static Task RollBackAsync(OpenTransaction transaction, CancellationToken cancellationToken) =>
        RunAsync(transaction, "ROLLBACK TO SAVEPOINT coordinator_rows", cancellationToken);

    private static Task RunAsync(OpenTransaction transaction, string sql, CancellationToken cancellationToken) => transaction.RunBriefAsync(
        async token =>
        {
            await using var command = new NpgsqlCommand(sql, transaction.Connection);
            await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>The rejection of a row; null for everything that says nothing about single rows.</summary>
    private static WarehouseException? RejectionOf(Exception e) =>
        (e as WarehouseException ?? WarehouseFailure.Of(e, TransactionStage.Work)) is { Kind: FailureKind.Rejected, IsOfStatement: false } rejection
            && e is not PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation } ? rejection : null;
}
