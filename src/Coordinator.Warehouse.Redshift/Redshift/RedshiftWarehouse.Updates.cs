using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Warehouse.Redshift.Redshift.Failures;
using Coordinator.Warehouse.Redshift.Redshift.Ledgers;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Redshift;

internal sealed partial class RedshiftWarehouse
{
    public async Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken)
    {
        var intent = run.Intent;
        var ledgers = new List<RedshiftLedgerSql>();
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

    private async Task<UpdateResult> ExecuteAsync(UpdateRun run, List<RedshiftLedgerSql> ledgers, TransactionSettings settings, CancellationToken cancellationToken)
    {
        var intent = run.Intent;
        await using var transaction = await RedshiftTransaction.BeginAsync(_updates, settings, cancellationToken).ConfigureAwait(false);
        long[] statementRows = [];
        var range = run.Range;
        try
        {
            var known = await transaction.EnterAsync(ledgers, [run.Range], pruneBefore: null, cancellationToken).ConfigureAwait(false);
            if (known.Find(intent.Id) is { } already) return new UpdateResult(already.Entry.CommittedAt, already.Rows, already.Entry) { Range = already.Range };
            statementRows = await RunSqlAsync(transaction, intent, cancellationToken).ConfigureAwait(false);
            range = run.RangeBefore(known.Firsts, statementRows.Sum());
            var at = await transaction.RecordAsync(ledgers, [range], cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(run.MayCommit, _commits, cancellationToken).ConfigureAwait(false);
            return new UpdateResult(at, range.Rows, Already: null) { Range = range, StatementRows = statementRows };
        }
        catch (Exception e) when (Judge(e, transaction.Stage, intent.Writes) is { } failure)
        {
            var at = await OutcomeAsync(failure, transaction.ProcessId, ledgers[0], run.BatchId).ConfigureAwait(false);
            return new UpdateResult(at, range.Rows, Already: null) { Range = range, StatementRows = statementRows };
        }
    }

    /// <summary>Runs the statements in one round trip, and answers the rows of each.</summary>
    private static async Task<long[]> RunSqlAsync(RedshiftTransaction transaction, UpdateIntent intent, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection) { Timeout = 0 };
        var commands = SqlText.Split(intent.Sql, backslashEscapes: true).Select(static statement => new NpgsqlBatchCommand(statement.Text)).ToArray();
        foreach (var command in commands) batch.BatchCommands.Add(command);
        if (commands.Length == 0) throw new WarehouseException(FailureKind.Rejected, "The SQL holds no statement.") { Cause = FailureCause.RejectedStatement };
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            transaction.EnsureOpen();
            return Array.ConvertAll(commands, static c => c.StatementType is StatementType.Insert or StatementType.Update or StatementType.Delete or StatementType.Merge ? (long)c.Rows : 0);
        }
        catch (PostgresException e) when (RedshiftFailure.Of(e, TransactionStage.Work) is { Kind: FailureKind.Rejected } refused && Array.IndexOf(commands, e.BatchCommand) is >= 0 and var at)
        {
            throw refused.InStatement(at + 1, commands.Length);
        }
    }
}
