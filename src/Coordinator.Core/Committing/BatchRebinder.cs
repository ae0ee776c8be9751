using Coordinator.Core.Binding;
using Coordinator.Core.Ledger;
using Coordinator.Core.Retry;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Receipts;

namespace Coordinator.Core.Committing;

/// <summary>Binds a batch to the present table, from the rows as they were sent. Rows that no longer fit are rejected, unless the ledger already
/// has their intent.</summary>
internal sealed class BatchRebinder(
    IWarehouse warehouse, Func<CancellationToken, Task<TableSchema>> readSchema, WarehouseRetry retry, Action<WarehouseException> onRetry)
{
    /// <summary>The batch with the intents that fit. All others get their outcomes here.</summary>
    public async Task<InsertBatch> RebindAsync(InsertBatch batch, Dictionary<IntentId, IntentOutcome> outcomes, CancellationToken cancellationToken)
    {
        var misfits = new List<(InsertIntent Intent, IReadOnlyList<RowError> Errors)>();
        var rebound = batch;
        try
        {
            var schema = await readSchema(cancellationToken);
            var fitting = new List<InsertIntent>(batch.Intents.Count);
            foreach (var intent in batch.Intents)
            {
                var bound = RowBinder.Bind(intent.SentRows, schema);
                if (bound.Fits) fitting.Add(intent.WithRows(bound.Rows));
                else misfits.Add((intent, bound.Errors));
            }

            rebound = batch with { Schema = schema, Intents = fitting, IsMixed = false };
        }
        catch (WarehouseException gone) when (gone.Kind == FailureKind.Rejected)
        {
            misfits.AddRange(batch.Intents.Select(intent => (intent, (IReadOnlyList<RowError>)[gone.ToRowError()])));
            rebound = batch with { Intents = [] };
        }

        if (misfits.Count > 0) await RejectAsync(batch.Schema.Table, misfits, outcomes, cancellationToken);
        return rebound;
    }

    /// <summary>Rejected means that nothing is written. Only the ledger can confirm that, because an earlier submission may have
    /// fitted.</summary>
    public async Task RejectAsync(
        Tables.TableName table, IReadOnlyList<(InsertIntent Intent, IReadOnlyList<RowError> Errors)> misfits,
        Dictionary<IntentId, IntentOutcome> outcomes, CancellationToken cancellationToken)
    {
        var asked = SequenceRanges.Of([.. misfits.Select(static m => m.Intent)]);
        var known = new KnownRanges(
            await retry.ExecuteAsync(async token => await warehouse.FindRangesAsync(table, asked, token), onRetry, cancellationToken));
        foreach (var (intent, errors) in misfits)
        {
            outcomes[intent.Id] = known.Find(intent.Id) is { } committed
                ? KnownReceipt.Of(intent, committed)
                : WriteReceipt.Rejected(intent.Id, errors);
        }
    }
}
