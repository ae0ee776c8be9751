using System.Globalization;
using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Credentials;
using Coordinator.Warehouse.Redshift.Failures;
using Coordinator.Warehouse.Redshift.Isolation;
using Coordinator.Warehouse.Redshift.Ledgers;
using Npgsql;

namespace Coordinator.Warehouse.Redshift;

/// <summary>A transaction that detects rivals at the ledger of every table that it writes. Disposing it before COMMIT rolls back.</summary>
/// <remarks>
/// <para>SERIALIZABLE: it reads the ledgers and then adds to them. An overlapping transaction does the same, and one of the two closes a
/// cycle.</para>
/// <para>SNAPSHOT: it updates the fence rows first. The second transaction waits for the first, and sees what the first added to the
/// ledger.</para>
/// <para>With both levels an insert adds to the ledger before its rows, because it waits for the table's write lock there, before anything large
/// is sent. A transaction never inserts into a ledger and then updates it, locks nothing with LOCK, and its SET LOCAL ends with it.</para>
/// </remarks>
internal sealed class WarehouseTransaction(OpenTransaction transaction, TransactionSettings settings) : IAsyncDisposable
{
    private const string Clock = "SELECT SYSDATE::timestamptz, pg_backend_pid()";

    private readonly string _limit =
        string.Create(CultureInfo.InvariantCulture, $"SET LOCAL statement_timeout TO {(long)Math.Ceiling(settings.FenceTimeout.TotalMilliseconds)}");
    private DateTimeOffset _startedAt;
    private long _startedTimestamp;

    /// <summary>The underlying transaction.</summary>
    public OpenTransaction Open => transaction;

    /// <summary>The server's process id, to find the session if its connection is lost. The key data at login may have another number, if a
    /// proxy is between.</summary>
    public int ProcessId => transaction.ProcessId;

    public static async Task<WarehouseTransaction> BeginAsync(
        SessionPool source, TransactionSettings settings, StatementWatch watch, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return new WarehouseTransaction(
                await OpenTransaction.BeginAsync(connection, System.Data.IsolationLevel.Serializable, watch, cancellationToken)
                    .ConfigureAwait(false),
                settings);
        }
        catch (Exception e) when (WarehouseFailure.Of(e, TransactionStage.Fence) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The target's fingerprint at the beginning of the transaction, if requested; null if the table does not exist.</summary>
    public string? Fingerprint { get; private set; }

    /// <summary>Passes the fences, if any, in the given order, reads the ledgers for the ranges and the target's fingerprint: one round
    /// trip.</summary>
    public async Task<KnownRanges> EnterAsync(
        IReadOnlyList<LedgerSql> ledgers, IReadOnlyList<SequenceRange> ranges, DateTimeOffset? pruneBefore, TableSchema? target,
        CancellationToken cancellationToken)
    {
        await using var batch = transaction.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Clock));
        var isFenced = settings.Isolation == IsolationLevel.Snapshot;
        var isLimited = isFenced || pruneBefore is not null;
        if (isLimited) batch.BatchCommands.Add(new NpgsqlBatchCommand(_limit));
        var fences = new List<NpgsqlBatchCommand>();
        var questions = 0;
        foreach (var sql in ledgers)
        {
            if (isFenced) fences.Add(Fence(sql));
            if (isFenced) batch.BatchCommands.Add(fences[^1]);
            if (pruneBefore is { } before) batch.BatchCommands.Add(Prune(sql, before));
            foreach (var command in OverlapQuery.Commands(sql.Ledger, ranges))
            {
                batch.BatchCommands.Add(command);
                questions++;
            }
        }

        if (target is not null) batch.BatchCommands.Add(FingerprintReader.Command(target.Table));
        if (isLimited) batch.BatchCommands.Add(new NpgsqlBatchCommand(TransactionSettings.NoLimit));
        var known = await ReadAsync(batch, questions, target is not null, cancellationToken).ConfigureAwait(false);
        if (fences.Any(static fence => fence.RecordsAffected != 1))
            throw new WarehouseException(FailureKind.Unavailable,
                $"A fence in schema {LedgerNames.Schema} has lost its row; drop the fence table, and it is created again.");
        transaction.Stage = TransactionStage.Work;
        return new KnownRanges(known);
    }

    /// <summary>Adds to the ledgers, which detects rivals, and returns the warehouse's clock.</summary>
    public async Task<DateTimeOffset> RecordAsync(
        IReadOnlyList<LedgerSql> ledgers, IReadOnlyList<SequenceRange> ranges, CancellationToken cancellationToken)
    {
        transaction.Stage = TransactionStage.Fence;
        var now = Now();
        await using var batch = transaction.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(_limit));
        var stamp = new LedgerStamp(settings.BatchId, settings.Activation, _startedAt, now);
        foreach (var sql in ledgers)
        {
            foreach (var command in LedgerRows.Commands(sql.Ledger, ranges, stamp)) batch.BatchCommands.Add(command);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(TransactionSettings.NoLimit));
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        transaction.Stage = TransactionStage.Work;
        return now;
    }

    /// <summary>Waits for one of the silo's commit slots, checks that the commit is still allowed, and commits.</summary>
    public async Task CommitAsync(CommitCheck mayCommit, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await transaction.CommitAsync(mayCommit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    /// <summary>The first result is the clock and the process id, then come the ledgers' results, and last the fingerprint.</summary>
    private async Task<List<KnownRange>> ReadAsync(NpgsqlBatch batch, int questions, bool hasFingerprint, CancellationToken cancellationToken)
    {
        var known = new List<KnownRange>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        _startedAt = new DateTimeOffset(reader.GetDateTime(0));
        transaction.Session = reader.GetInt32(1);
        _startedTimestamp = settings.Time.GetTimestamp();
        for (var i = 0; i < questions; i++)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) known.Add(OverlapQuery.Read(reader));
        }

        if (hasFingerprint)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            Fingerprint = await FingerprintReader.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        // The remaining statements return no rows, but may fail.
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return known;
    }

    /// <summary>The warehouse's clock, with the ledger's precision of a microsecond. GETDATE() has only seconds.</summary>
    private DateTimeOffset Now()
    {
        var now = _startedAt + settings.Time.GetElapsedTime(_startedTimestamp);
        return new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }

    private NpgsqlBatchCommand Fence(LedgerSql sql)
    {
        var command = new NpgsqlBatchCommand(sql.Fence);
        command.Parameters.AddTyped(settings.BatchId.ToString("D"), NpgsqlTypes.NpgsqlDbType.Varchar);
        command.Parameters.AddTyped(settings.Activation.ToString(), NpgsqlTypes.NpgsqlDbType.Varchar);
        return command;
    }

    private static NpgsqlBatchCommand Prune(LedgerSql sql, DateTimeOffset before)
    {
        var command = new NpgsqlBatchCommand(sql.Prune);
        command.Parameters.AddTyped(before.UtcDateTime, NpgsqlTypes.NpgsqlDbType.TimestampTz);
        return command;
    }
}
