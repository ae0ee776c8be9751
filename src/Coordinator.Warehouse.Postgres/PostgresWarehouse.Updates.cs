using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Postgres.Failures;
using Coordinator.Warehouse.Postgres.Ledgers;

namespace Coordinator.Warehouse.Postgres;

internal sealed partial class PostgresWarehouse
{
    public async Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken)
    {
        var intent = run.Intent;
        UpdateRules.Ensure(intent);
        var ledgers = new List<LedgerSql>();
        foreach (var table in intent.Writes.Distinct().Order()) ledgers.Add(await LedgerAsync(table, cancellationToken).ConfigureAwait(false));
        await using var transaction = await WarehouseTransaction.BeginAsync(
            _updates, System.Data.IsolationLevel.Serializable, Watch, run.BatchId, run.Activation, cancellationToken).ConfigureAwait(false);
        try
        {
            var known = await transaction.Open.RunBriefAsync(
                token => transaction.EnterAsync(
                    ledgers, [run.Range], _retention.PruneBefore(intent.Writes), _updateLimits, target: null, token),
                cancellationToken).ConfigureAwait(false);
            if (known.Find(intent.Id) is { } already)
                return new UpdateResult(already.Entry.CommittedAt, already.Range.Rows, already.Entry) { Range = already.Range };
            var statementRows = await transaction.Open.RunAsync(
                SqlText.Split(intent.Sql), static e => WarehouseFailure.Of(e, TransactionStage.Work),
                cancellationToken).ConfigureAwait(false);
            var range = run.RangeBefore(known.Firsts, statementRows.Sum());
            var at = await transaction.Open.RunBriefAsync(
                token => transaction.RecordAsync(ledgers, [range], token), cancellationToken)
                .ConfigureAwait(false);
            await transaction.Open.CommitAsync(run.MayCommit, cancellationToken).ConfigureAwait(false);
            return new UpdateResult(at, range.Rows, Already: null) { Range = range, StatementRows = statementRows };
        }
        catch (Exception e) when (Judge(e, transaction.Open.Stage, intent.Writes) is { } failure)
        {
            throw failure;
        }
    }
}
