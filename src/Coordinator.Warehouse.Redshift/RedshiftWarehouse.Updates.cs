using Coordinator.Core.Sql;
using Coordinator.Core.TableSets;
using Coordinator.Core.Warehouses;
using Coordinator.Warehouse.Redshift.Explaining;
using Coordinator.Warehouse.Redshift.Failures;
using Coordinator.Warehouse.Redshift.Ledgers;

namespace Coordinator.Warehouse.Redshift;

internal sealed partial class RedshiftWarehouse
{
    public async Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken)
    {
        var intent = run.Intent;
        UpdateRules.Ensure(intent, truncateCommits: true);
        StatementRules.Ensure(intent.Sql);
        var ledgers = new List<LedgerSql>();
        foreach (var table in intent.Writes.Distinct().Order()) ledgers.Add(await LedgerAsync(table, cancellationToken).ConfigureAwait(false));
        var settings = await SettingsAsync(run.BatchId, run.Activation, cancellationToken).ConfigureAwait(false);
        await _updateSessions.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ExecuteAsync(run, ledgers, settings, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _updateSessions.Release();
        }
    }

    private async Task<UpdateResult> ExecuteAsync(
        UpdateRun run, List<LedgerSql> ledgers, TransactionSettings settings, CancellationToken cancellationToken)
    {
        var intent = run.Intent;
        await using var transaction = await WarehouseTransaction.BeginAsync(_updates, settings, Watch, cancellationToken).ConfigureAwait(false);
        long[] statementRows = [];
        var range = run.Range;
        try
        {
            var known = await transaction.Open.RunBriefAsync(
                token => transaction.EnterAsync(ledgers, [run.Range], _retention.PruneBefore(intent.Writes), target: null, token),
                cancellationToken).ConfigureAwait(false);
            if (known.Find(intent.Id) is { } already)
                return new UpdateResult(already.Entry.CommittedAt, already.Range.Rows, already.Entry) { Range = already.Range };
            var statements = SqlText.Split(intent.Sql, SqlDialect.Redshift);
            statementRows = await transaction.Open.RunAsync(
                statements, static e => WarehouseFailure.Of(e, TransactionStage.Work),
                cancellationToken).ConfigureAwait(false);
            range = run.RangeBefore(known.Firsts, statementRows.Sum());
            var at = await transaction.Open.RunBriefAsync(
                token => transaction.RecordAsync(ledgers, [range], token), cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(run.MayCommit, _commits, cancellationToken).ConfigureAwait(false);
            return new UpdateResult(at, range.Rows, Already: null) { Range = range, StatementRows = statementRows };
        }
        catch (Exception e) when (Judge(e, transaction.Open.Stage, intent.Writes) is { } failure)
        {
            failure = await AtFenceAsync(failure, intent.Writes, transaction.ProcessId).ConfigureAwait(false);
            var at = await OutcomeAsync(failure, transaction.ProcessId, ledgers[0], run.BatchId).ConfigureAwait(false);
            return new UpdateResult(at, range.Rows, Already: null) { Range = range, StatementRows = statementRows };
        }
    }
}
