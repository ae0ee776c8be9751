using System.Data;
using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Postgres.Failures;
using Coordinator.Warehouse.Redshift.Postgres.Ledgers;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>A SERIALIZABLE transaction that begins at the fence of every table it writes and ends with their ledgers. Disposed before COMMIT it rolls back.</summary>
/// <remarks>
/// The fence makes overlap fail for certain: two transactions of one table update the same row, so the second waits for the first
/// and then fails with 40001, or gives up waiting. Reading the ledger and adding to it would not do: PostgreSQL's predicate locks are
/// kept per page and per index range, and two transactions that touch different origins may pass each other.
/// </remarks>
internal sealed class FencedTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid batchId, string activation) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    /// <summary>How far it came, so that a failure can be judged.</summary>
    public TransactionStage Stage { get; private set; } = TransactionStage.Fence;

    public static async Task<FencedTransaction> BeginAsync(NpgsqlDataSource source, Guid batchId, string activation, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            // Sends nothing yet: BEGIN travels with the first command.
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken).ConfigureAwait(false);
            return new FencedTransaction(connection, transaction, batchId, activation);
        }
        catch (Exception e) when (PostgresFailure.Of(e, TransactionStage.Fence) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Passes the fences in the order given and asks the ledgers about the ranges: one round trip.</summary>
    public async Task<KnownRanges> EnterAsync(
        IReadOnlyList<LedgerSql> ledgers, IReadOnlyList<SequenceRange> ranges, FenceLimits limits, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var setting in limits.Before) batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
        var fences = new List<NpgsqlBatchCommand>();
        foreach (var sql in ledgers)
        {
            var fence = new NpgsqlBatchCommand(sql.Fence);
            fence.Parameters.AddTyped(batchId);
            fence.Parameters.AddTyped(activation);
            fences.Add(fence);
            batch.BatchCommands.Add(fence);
            var overlaps = new NpgsqlBatchCommand(sql.Overlaps);
            overlaps.Parameters.AddRanges(ranges);
            batch.BatchCommands.Add(overlaps);
        }

        foreach (var setting in limits.After) batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
        var known = new List<KnownRange>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            do
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) known.Add(Read(reader));
            }
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        }

        if (fences.Any(static fence => fence.RecordsAffected != 1))
            throw new WarehouseException(FailureKind.Unavailable, $"A fence in schema {LedgerNames.Schema} has lost its row; drop the fence table, and it is made again.");
        Stage = TransactionStage.Work;
        return new KnownRanges(known);
    }

    /// <summary>Refuses SQL that ended the transaction around it. What it committed so is committed: nothing can be done but say it.</summary>
    public void EnsureOpen()
    {
        try
        {
            // Npgsql follows the server's word on whether a transaction is open, and tells only whoever wants to use it.
            using var probe = new NpgsqlCommand("", connection, transaction);
        }
        catch (InvalidOperationException e)
        {
            throw new WarehouseException(FailureKind.Rejected, "The SQL ended its own transaction, so it is not in the ledger; leave out BEGIN, COMMIT and ROLLBACK.", e);
        }
    }

    /// <summary>Writes the ledgers, in one round trip, and answers the server's clock.</summary>
    public async Task<DateTimeOffset> RecordAsync(IReadOnlyList<LedgerSql> ledgers, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var sql in ledgers)
        {
            var record = new NpgsqlBatchCommand(sql.Record);
            record.Parameters.AddRanges(ranges);
            record.Parameters.AddRows(ranges);
            record.Parameters.AddTyped(batchId);
            record.Parameters.AddTyped(activation);
            batch.BatchCommands.Add(record);
        }

        return new DateTimeOffset((DateTime)(await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);
    }

    /// <summary>Asks whether it may, and commits. COMMIT itself cannot be cancelled: whoever stopped listening would not know the outcome.</summary>
    public async Task CommitAsync(CommitCheck mayCommit, CancellationToken cancellationToken)
    {
        if (!await mayCommit(cancellationToken).ConfigureAwait(false))
            throw new WarehouseException(FailureKind.TurnLost, "The turn was no longer certain before COMMIT, so the transaction was rolled back.");
        cancellationToken.ThrowIfCancellationRequested();
        Stage = TransactionStage.Commit;
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // Whatever kept ROLLBACK from being sent, the server rolls back when it loses the connection.
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private static KnownRange Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetInt64(1),
        reader.GetInt64(2),
        reader.GetInt64(3),
        new LedgerEntry(reader.GetGuid(4), new DateTimeOffset(reader.GetDateTime(5))));
}
