using Coordinator.Core.Sql;
using Coordinator.Core.Warehouses;
using Coordinator.Intents;
using Coordinator.Warehouse.Redshift.Postgres.Failures;
using Coordinator.Warehouse.Redshift.Postgres.Ledgers;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Postgres;

internal sealed partial class PostgresWarehouse
{
    public async Task<UpdateResult> ExecuteAsync(UpdateRun run, CancellationToken cancellationToken)
    {
        var intent = run.Intent;
        var ledgers = new List<LedgerSql>();
        foreach (var table in intent.Writes.Distinct().Order()) ledgers.Add(await LedgerAsync(table, cancellationToken).ConfigureAwait(false));
        await using var transaction = await FencedTransaction.BeginAsync(_updates, run.BatchId, run.Activation, cancellationToken).ConfigureAwait(false);
        try
        {
            var known = await transaction.EnterAsync(ledgers, [run.Range], FenceLimits.ForUpdates(_options), cancellationToken).ConfigureAwait(false);
            if (known.Find(intent.Id) is { } already) return new UpdateResult(already.Entry.CommittedAt, already.Rows, already.Entry) { Range = already.Range };
            var statementRows = await RunSqlAsync(transaction, intent, cancellationToken).ConfigureAwait(false);
            var range = run.RangeBefore(known.Firsts, statementRows.Sum());
            var at = await transaction.RecordAsync(ledgers, [range], cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(run.MayCommit, cancellationToken).ConfigureAwait(false);
            return new UpdateResult(at, range.Rows, Already: null) { Range = range, StatementRows = statementRows };
        }
        catch (Exception e) when (Judge(e, transaction.Stage, intent.Writes) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Runs the statements in one round trip, and answers the rows of each.</summary>
    private static async Task<long[]> RunSqlAsync(FencedTransaction transaction, UpdateIntent intent, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection) { Timeout = 0 };
        var commands = SqlText.Split(intent.Sql).Select(static statement => new NpgsqlBatchCommand(statement.Text)).ToArray();
        foreach (var command in commands) batch.BatchCommands.Add(command);
        if (commands.Length == 0) throw new WarehouseException(FailureKind.Rejected, "The SQL holds no statement.");
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            transaction.EnsureOpen();
            return Array.ConvertAll(commands, static c => c.StatementType is StatementType.Insert or StatementType.Update or StatementType.Delete or StatementType.Merge ? (long)c.Rows : 0);
        }
        catch (PostgresException e) when (PostgresFailure.Of(e, TransactionStage.Work) is { Kind: FailureKind.Rejected } refused && Array.IndexOf(commands, e.BatchCommand) is >= 0 and var at)
        {
            throw refused.InStatement(at + 1, commands.Length);
        }
    }
}
