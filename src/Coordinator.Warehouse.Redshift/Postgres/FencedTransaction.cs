using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Postgres.Failures;
using Coordinator.Warehouse.Redshift.Postgres.Ledgers;
using Coordinator.Warehouse.Redshift.Sessions;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres;

/// <summary>A transaction, SERIALIZABLE unless asked otherwise, that begins at the fence of every table it writes and ends with their ledgers. Disposed before COMMIT it rolls back.</summary>
/// <remarks>
/// The fence makes overlap fail for certain: two transactions of one table update the same row, so the second waits for the first
/// and then fails with 40001, or gives up waiting. Reading the ledger and adding to it would not do: PostgreSQL's predicate locks are
/// kept per page and per index range, and two transactions that touch different origins may pass each other.
/// </remarks>
internal sealed class FencedTransaction(OpenTransaction transaction, Guid batchId, string activation) : IAsyncDisposable
{
    /// <summary>The transaction between its two ends.</summary>
    public OpenTransaction Open => transaction;

    public static async Task<FencedTransaction> BeginAsync(
        NpgsqlDataSource source, System.Data.IsolationLevel isolation, Guid batchId, string activation, CancellationToken cancellationToken)
    {
        try
        {
            return new FencedTransaction(await OpenTransaction.BeginAsync(source, isolation, cancellationToken).ConfigureAwait(false), batchId, activation);
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
        await using var batch = transaction.CreateBatch();
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
        transaction.Stage = TransactionStage.Work;
        return new KnownRanges(known);
    }

    /// <summary>Writes the ledgers, in one round trip, and answers the server's clock.</summary>
    public async Task<DateTimeOffset> RecordAsync(IReadOnlyList<LedgerSql> ledgers, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken)
    {
        await using var batch = transaction.CreateBatch();
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

    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    private static KnownRange Read(NpgsqlDataReader reader) => new(
        new SequenceRange(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)),
        new LedgerEntry(reader.GetGuid(4), new DateTimeOffset(reader.GetDateTime(5))));
}
