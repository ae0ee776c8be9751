using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Warehouse.Npgsql.Sessions;
using Coordinator.Warehouse.Postgres.Catalog;
using Coordinator.Warehouse.Postgres.Copying;
using Coordinator.Warehouse.Postgres.Ledgers;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

internal sealed partial class PostgresWarehouse
{
    private System.Data.IsolationLevel InsertLevel => _options.InsertIsolation == InsertIsolation.Serializable
        ? System.Data.IsolationLevel.Serializable
        : System.Data.IsolationLevel.RepeatableRead;

    public async Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        var schema = batch.Schema;
        LedgerSql[] ledger = [await LedgerAsync(schema.Table, cancellationToken).ConfigureAwait(false)];
        await TakeOverAsync(schema.Table, batch.Activation, cancellationToken).ConfigureAwait(false);
        await using var transaction = await WarehouseTransaction.BeginAsync(
            _inserts, InsertLevel, Watch, batch.BatchId, batch.Activation, cancellationToken).ConfigureAwait(false);
        try
        {
            var known = await transaction.Open.RunBriefAsync(
                token => transaction.EnterAsync(
                    ledger, SequenceRanges.Of(batch.Intents), _retention.PruneBefore(schema.Table),
                    batch.LeavesOutRejected ? _savedInsertLimits : _insertLimits, schema, token),
                cancellationToken).ConfigureAwait(false);
            var (fresh, already) = known.Divide(batch.Intents);
            // Intents in the ledger are committed, even if the table has changed since.
            if (fresh.Count == 0) return BatchResult.WithoutRows(already);
            if (TableFingerprint.Changed(schema, transaction.Fingerprint) is { } changed) throw changed;
            IReadOnlyList<WarehouseException> rejected = [];
            if (batch.LeavesOutRejected)
            {
                (fresh, rejected) = await WriteFittingAsync(transaction.Open, schema, fresh, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await transaction.Open.RunBriefAsync(
                    token => RowCopy.WriteAsync(transaction.Open.Connection, schema, fresh, token), cancellationToken).ConfigureAwait(false);
            }

            if (!ledger[0].IsLockable) await EnsureUnchangedAsync(ledger[0], schema, cancellationToken).ConfigureAwait(false);
            if (fresh.Count == 0) return BatchResult.WithoutRows(already) with { Rejected = rejected };
            var at = await transaction.Open.RunBriefAsync(
                token => transaction.RecordAsync(ledger, known.ToRecord(fresh), token), cancellationToken).ConfigureAwait(false);
            await transaction.Open.CommitAsync(batch.MayCommit, cancellationToken).ConfigureAwait(false);
            return new BatchResult(at, already) { Rejected = rejected };
        }
        catch (WarehouseException failure) when (failure is { Kind: FailureKind.SchemaChanged } or { Cause: FailureCause.Permission })
        {
            // Whether the new table can be locked is checked when it is opened.
            ForgetLedger(schema.Table);
            throw;
        }
        catch (PostgresException e) when (transaction.Open.Stage == TransactionStage.Work && IsOtherFormat(e))
        {
            throw TableFingerprint.Changed(schema, "it does not take the form of these rows", e);
        }
        catch (Exception e) when (Judge(e, transaction.Open.Stage, [schema.Table], isInsert: true) is { } failure)
        {
            if (!ledger[0].IsLockable && failure.Kind == FailureKind.Rejected)
                await EnsureUnchangedAsync(ledger[0], schema, cancellationToken).ConfigureAwait(false);
            throw failure;
        }
    }

    /// <summary>Writes the intents that the table accepts.</summary>
    private async Task<(IReadOnlyList<InsertIntent> Written, IReadOnlyList<WarehouseException> Rejected)> WriteFittingAsync(
        OpenTransaction transaction, TableSchema schema, IReadOnlyList<InsertIntent> intents, CancellationToken cancellationToken)
    {
        var found = await _checks.FindAsync(transaction, schema, intents, cancellationToken).ConfigureAwait(false);
        var misfits = found.Select(static rejection => rejection.Intent!.Value).ToHashSet();
        var (written, rejected) = await SavedRowCopy.WriteAsync(
            transaction, schema, [.. intents.Where(intent => !misfits.Contains(intent.Id))], cancellationToken).ConfigureAwait(false);
        await _checks.LearnAsync(transaction, schema, rejected, cancellationToken).ConfigureAwait(false);
        return (written, [.. found, .. rejected]);
    }

    /// <summary>COPY's error for rows that were encoded for other columns. The connection is not lost.</summary>
    private static bool IsOtherFormat(PostgresException e) => e is { InvariantSeverity: "ERROR", SqlState: PostgresErrorCodes.ProtocolViolation };

    /// <summary>For a table that LOCK TABLE cannot name: COPY has locked it in the same mode, so what another session reads from now on until
    /// COMMIT is what COPY used.</summary>
    private async Task EnsureUnchangedAsync(LedgerSql sql, TableSchema schema, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            (connection, token) => FingerprintReader.ReadAsync(connection, sql.Fingerprint, schema.Table, token), cancellationToken)
                .ConfigureAwait(false);
        if (TableFingerprint.Changed(schema, found) is { } changed) throw changed;
    }
}
