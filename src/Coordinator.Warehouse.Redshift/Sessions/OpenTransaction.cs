using Coordinator.Core.Sql;
using Coordinator.Core.Tracing;
using Coordinator.Core.Warehouses;
using Npgsql;

namespace Coordinator.Warehouse.Redshift.Sessions;

/// <summary>A transaction on a connection of its own, and how far it came. Disposed before COMMIT it rolls back.</summary>
internal sealed class OpenTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    /// <summary>How far it came, so that a failure can be judged.</summary>
    public TransactionStage Stage { get; set; } = TransactionStage.Fence;

    /// <summary>Sends nothing yet: BEGIN travels with the first command. Redshift takes a level's name, and uses the database's.</summary>
    public static async Task<OpenTransaction> BeginAsync(NpgsqlDataSource source, System.Data.IsolationLevel isolation, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return new OpenTransaction(connection, await connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false));
    }

    public NpgsqlBatch CreateBatch() => new(connection, transaction);

    /// <summary>Runs an update's statements in one round trip, and answers the rows of each.</summary>
    /// <param name="statements">The SQL, divided.</param>
    /// <param name="judge">Says what a failure means.</param>
    /// <param name="cancellationToken">Ends the SQL in the warehouse too.</param>
    public async Task<long[]> RunAsync(IReadOnlyList<SqlStatement> statements, Func<Exception, WarehouseException?> judge, CancellationToken cancellationToken)
    {
        if (statements.Count == 0) throw new WarehouseException(FailureKind.Rejected, "The SQL holds no statement.") { Cause = FailureCause.RejectedStatement };
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        var commands = statements.Select(static statement => new NpgsqlBatchCommand(statement.Text)).ToArray();
        foreach (var command in commands) batch.BatchCommands.Add(command);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            EnsureOpen();
            return Array.ConvertAll(commands, static c => c.StatementType is StatementType.Insert or StatementType.Update or StatementType.Delete or StatementType.Merge ? (long)c.Rows : 0);
        }
        catch (PostgresException e) when (judge(e) is { Kind: FailureKind.Rejected } refused && Array.IndexOf(commands, e.BatchCommand) is >= 0 and var at)
        {
            throw refused.InStatement(at + 1, commands.Length);
        }
    }

    /// <summary>Asks whether it may, and commits. COMMIT itself cannot be cancelled: whoever stopped listening would not know the outcome.</summary>
    public async Task CommitAsync(CommitCheck mayCommit, CancellationToken cancellationToken)
    {
        if (!await mayCommit(cancellationToken).ConfigureAwait(false))
            throw new WarehouseException(FailureKind.TurnLost, "The turn was no longer certain before COMMIT, so the transaction was rolled back.");
        cancellationToken.ThrowIfCancellationRequested();
        Stage = TransactionStage.Commit;
        using var span = CoordinatorSpans.Start(CoordinatorSpans.CommitStatement);
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // Whatever kept ROLLBACK from being sent, the server rolls back when it loses the connection.
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Refuses SQL that ended the transaction around it. What it committed so is committed: nothing can be done but say it.</summary>
    private void EnsureOpen()
    {
        try
        {
            // Npgsql follows the server's word on whether a transaction is open, and tells only whoever wants to use it.
            using var probe = new NpgsqlCommand("", connection, transaction);
        }
        catch (InvalidOperationException e)
        {
            throw new WarehouseException(
                FailureKind.Rejected, "The SQL ended its own transaction, so it is not in the ledger; leave out BEGIN, COMMIT and ROLLBACK, and in Redshift TRUNCATE, which commits.", e);
        }
    }
}
