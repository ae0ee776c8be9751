using Coordinator.Core.Ledger;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Warehouse.Redshift.Catalog;
using Coordinator.Warehouse.Redshift.Inserting;
using Coordinator.Warehouse.Redshift.Ledgers;

namespace Coordinator.Warehouse.Redshift;

internal sealed partial class RedshiftWarehouse
{
    public async Task<BatchResult> CommitAsync(InsertBatch batch, CancellationToken cancellationToken)
    {
        var schema = batch.Schema;
        LedgerSql[] ledger = [await LedgerAsync(schema.Table, cancellationToken).ConfigureAwait(false)];
        await TakeOverAsync(schema.Table, batch.Activation, cancellationToken).ConfigureAwait(false);
        var settings = await SettingsAsync(batch.BatchId, batch.Activation, cancellationToken).ConfigureAwait(false);
        await using var staged = await _staging.StageAsync(batch, cancellationToken).ConfigureAwait(false);
        await using var transaction = await WarehouseTransaction.BeginAsync(_own, settings, Watch, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<IntentId, KnownRange> already = BatchResult.None;
        try
        {
            var known = await transaction.Open.RunBriefAsync(
                token => transaction.EnterAsync(
                    ledger, SequenceRanges.Of(batch.Intents), _retention.PruneBefore(schema.Table), schema, token),
                cancellationToken).ConfigureAwait(false);
            (var fresh, already) = known.Divide(batch.Intents);
            // Intents in the ledger are committed, even if the table has changed since.
            if (fresh.Count == 0) return BatchResult.WithoutRows(already);
            if (TableFingerprint.Changed(schema, transaction.Fingerprint) is { } changed) throw changed;
            var at = await transaction.Open.RunBriefAsync(
                token => transaction.RecordAsync(ledger, known.ToRecord(fresh), token), cancellationToken)
                .ConfigureAwait(false);
            await transaction.Open.RunBriefAsync(
                token => staged is null
                    ? RowInserts.WriteAsync(transaction.Open.Connection, schema, fresh, token)
                    : staged.CopyAsync(transaction.Open.Connection, fresh, token),
                cancellationToken).ConfigureAwait(false);
            await EnsureUnchangedAsync(schema, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(batch.MayCommit, _commits, cancellationToken).ConfigureAwait(false);
            return new BatchResult(at, already);
        }
        catch (Exception e) when (Judge(e, transaction.Open.Stage, [schema.Table], isInsert: true) is { } failure)
        {
            failure = await AtFenceAsync(failure, [schema.Table], transaction.ProcessId).ConfigureAwait(false);
            if (failure.Kind == FailureKind.Rejected) await EnsureUnchangedAsync(schema, cancellationToken).ConfigureAwait(false);
            if (staged is not null && failure.Cause == FailureCause.RejectedRow)
                throw await staged.ExplainAsync(failure, _own, transaction.ProcessId).ConfigureAwait(false);
            var at = await OutcomeAsync(failure, transaction.ProcessId, ledger[0], batch.BatchId).ConfigureAwait(false);
            return new BatchResult(at, already);
        }
    }

    /// <summary>Once rows are written, their statement's lock prevents DDL until COMMIT, so what another session reads of the table now is what
    /// the rows were written to. The transaction itself may see the catalog of its beginning. This check also runs when rows were refused: the
    /// table decides whether the rows are at fault.</summary>
    private async Task EnsureUnchangedAsync(TableSchema schema, CancellationToken cancellationToken)
    {
        if (TableFingerprint.Changed(schema, await AskAsync(() => FingerprintReader.ReadAsync(_questions, schema.Table, cancellationToken))
            .ConfigureAwait(false)) is { } changed) throw changed;
    }
}
