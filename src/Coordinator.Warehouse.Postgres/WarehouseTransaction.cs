using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Postgres.Catalog;
using Coordinator.Warehouse.Postgres.Failures;
using Coordinator.Warehouse.Postgres.Ledgers;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

/// <summary>A transaction, SERIALIZABLE unless set otherwise, that begins at the fence of every table that it writes and ends with their
/// ledgers. Disposing it before COMMIT rolls back.</summary>
/// <remarks>The fence makes overlapping transactions fail reliably: two transactions of one table update the same row, so the second waits for
/// the first and then fails with 40001, or its wait times out. Reading the ledger and adding to it would not be enough: PostgreSQL's predicate
/// locks are per page and index range, so two transactions with different origins may not conflict.</remarks>
internal sealed class WarehouseTransaction(OpenTransaction transaction, Guid batchId, OwnerToken activation) : IAsyncDisposable
{
    /// <summary>The underlying transaction.</summary>
    public OpenTransaction Open => transaction;

    public static async Task<WarehouseTransaction> BeginAsync(
        ConnectionPool source, System.Data.IsolationLevel isolation, StatementWatch watch, Guid batchId, OwnerToken activation,
        CancellationToken cancellationToken)
    {
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            var transaction = await OpenTransaction.BeginAsync(connection, isolation, watch, cancellationToken).ConfigureAwait(false);
            transaction.Session = connection.ProcessID;
            return new WarehouseTransaction(transaction, batchId, activation);
        }
        catch (Exception e) when (WarehouseFailure.Of(e, TransactionStage.Fence) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The target's fingerprint, if requested; null if the table does not exist. It is read in the snapshot that the fence took after
    /// the target was locked, so it is valid until COMMIT.</summary>
    public string? Fingerprint { get; private set; }

    /// <summary>Locks the target of an insert, passes the fences in the given order, reads the ledgers for the ranges and the target's
    /// fingerprint: one round trip.</summary>
    /// <param name="ledgers">The ledgers of the written tables.</param>
    /// <param name="ranges">The ranges to look up.</param>
    /// <param name="pruneBefore">The time before which the ledgers forget; null if they do not in this transaction.</param>
    /// <param name="limits">Settings around the fences.</param>
    /// <param name="target">The table for which rows are already encoded; null for SQL, which locks its own tables.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<KnownRanges> EnterAsync(
        IReadOnlyList<LedgerSql> ledgers, IReadOnlyList<SequenceRange> ranges, DateTimeOffset? pruneBefore, FenceLimits limits, TableSchema? target,
        CancellationToken cancellationToken)
    {
        await using var batch = transaction.CreateBatch();
        foreach (var setting in limits.Before) batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
        // First, before any snapshot: DDL that has committed is visible, and later DDL waits for the end of this transaction.
        var locking = target is not null && ledgers[0].IsLockable ? new NpgsqlBatchCommand(LedgerSql.Lock(target)) : null;
        if (locking is not null) batch.BatchCommands.Add(locking);
        var fences = new List<NpgsqlBatchCommand>();
        foreach (var sql in ledgers)
        {
            var fence = new NpgsqlBatchCommand(sql.Fence);
            fence.Parameters.AddTyped(batchId);
            fence.Parameters.AddTyped(activation.ToString());
            fences.Add(fence);
            batch.BatchCommands.Add(fence);
            var overlaps = new NpgsqlBatchCommand(sql.Overlaps);
            overlaps.Parameters.AddRanges(ranges);
            batch.BatchCommands.Add(overlaps);
        }

        foreach (var setting in limits.After) batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
        if (pruneBefore is { } before)
        {
            foreach (var sql in ledgers)
            {
                var prune = new NpgsqlBatchCommand(sql.Prune);
                prune.Parameters.AddTyped(before.UtcDateTime);
                batch.BatchCommands.Add(prune);
            }
        }

        if (target is not null) batch.BatchCommands.Add(FingerprintReader.Command(ledgers[0].Fingerprint, target.Table));
        List<KnownRange> known;
        try
        {
            known = await ReadAsync(batch, ledgers.Count, target is not null, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (locking is not null && e.BatchCommand == locking && TableLock.Judge(e, target!) is { } failure)
        {
            throw failure;
        }

        if (fences.Any(static fence => fence.RecordsAffected != 1))
            throw new WarehouseException(FailureKind.Unavailable,
                $"A fence in schema {LedgerNames.Schema} has lost its row; drop the fence table, and it is created again.");
        transaction.Stage = TransactionStage.Work;
        return new KnownRanges(known);
    }

    /// <summary>Writes the ledgers in one round trip, and returns the server's clock.</summary>
    public async Task<DateTimeOffset> RecordAsync(
        IReadOnlyList<LedgerSql> ledgers, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken)
    {
        await using var batch = transaction.CreateBatch();
        foreach (var sql in ledgers)
        {
            var record = new NpgsqlBatchCommand(sql.Record);
            record.Parameters.AddRanges(ranges);
            record.Parameters.AddContents(ranges);
            record.Parameters.AddTyped(batchId);
            record.Parameters.AddTyped(activation.ToString());
            batch.BatchCommands.Add(record);
        }

        return new DateTimeOffset((DateTime)(await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    private async Task<List<KnownRange>> ReadAsync(NpgsqlBatch batch, int ledgers, bool hasFingerprint, CancellationToken cancellationToken)
    {
        var known = new List<KnownRange>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < ledgers; i++)
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) known.Add(reader.ReadKnown());
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        if (hasFingerprint) Fingerprint = await FingerprintReader.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        // The remaining statements return no rows, but may fail.
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return known;
    }
}
