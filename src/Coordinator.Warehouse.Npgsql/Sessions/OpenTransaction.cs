using Coordinator.Core.Sql;
using Coordinator.Core.Tracing;
using Coordinator.Core.Warehouses;
using Npgsql;

namespace Coordinator.Warehouse.Npgsql.Sessions;

/// <summary>A transaction on its own connection, with its stage. Disposing it before COMMIT rolls back.</summary>
internal sealed class OpenTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, StatementWatch watch) : IAsyncDisposable
{
    private Task _running = Task.CompletedTask;

    public NpgsqlConnection Connection => connection;

    /// <summary>The session's number on the server, as far as it is known: the key data at login may have another one, if a proxy is
    /// between.</summary>
    public int ProcessId => Session ?? connection.ProcessID;

    /// <summary>The present stage, for the judgement of failures.</summary>
    public TransactionStage Stage { get; set; } = TransactionStage.Fence;

    /// <summary>The session's number on the server; null while it is not certain.</summary>
    public int? Session { get; set; }

    /// <summary>Sends nothing yet: BEGIN is sent with the first command. Redshift accepts the name of a level, and uses the
    /// database's.</summary>
    /// <param name="connection">An open connection, which is disposed with the transaction.</param>
    /// <param name="isolation">The isolation level.</param>
    /// <param name="watch">Watches its statements.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<OpenTransaction> BeginAsync(
        NpgsqlConnection connection, System.Data.IsolationLevel isolation, StatementWatch watch, CancellationToken cancellationToken) =>
        new(connection, await connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false), watch);

    public NpgsqlBatch CreateBatch() => new(connection, transaction);

    /// <summary>Runs an update's statements in one round trip, and returns the row count of each.</summary>
    /// <param name="statements">The statements of the SQL.</param>
    /// <param name="judge">Translates a failure.</param>
    /// <param name="cancellationToken">Cancels the SQL in the warehouse too.</param>
    public Task<long[]> RunAsync(
        IReadOnlyList<SqlStatement> statements, Func<Exception, WarehouseException?> judge, CancellationToken cancellationToken) =>
        watch.RunAsync(ProcessId, token => Note(SendAsync(statements, judge, token)), cancellationToken);

    /// <summary>Runs statements that take a moment. The first ones are sent with BEGIN, and cannot be cancelled before it is answered.</summary>
    public Task<T> RunBriefAsync<T>(Func<CancellationToken, Task<T>> statements, CancellationToken cancellationToken) =>
        watch.RunBriefAsync(Session, token => Note(statements(token)), cancellationToken);

    /// <inheritdoc cref="RunBriefAsync{T}"/>
    public Task RunBriefAsync(Func<CancellationToken, Task> statements, CancellationToken cancellationToken) =>
        watch.RunBriefAsync(Session, token => Note(statements(token)), cancellationToken);

    /// <summary>Checks that the commit is still allowed, and commits. COMMIT itself cannot be cancelled, because the outcome would be
    /// unknown.</summary>
    /// <param name="mayCommit">Checks that.</param>
    /// <param name="cancellationToken">Cancels what precedes COMMIT.</param>
    public async Task CommitAsync(CommitCheck mayCommit, CancellationToken cancellationToken)
    {
        if (!await mayCommit(cancellationToken).ConfigureAwait(false))
            throw new WarehouseException(FailureKind.TurnLost, "The turn was no longer certain before COMMIT, so the transaction was rolled back.");
        cancellationToken.ThrowIfCancellationRequested();
        Stage = TransactionStage.Commit;
        using var span = CoordinatorSpans.Start(CoordinatorSpans.CommitStatement);
        await watch.CommitAsync(ProcessId, token => Note(transaction.CommitAsync(token))).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        if (_running.IsCompleted) return EndAsync();
        _ = LostConnection.EndAfterAsync(_running, EndAsync);
        return ValueTask.CompletedTask;
    }

    private TTask Note<TTask>(TTask running)
        where TTask : Task
    {
        _running = running;
        return running;
    }

    private async ValueTask EndAsync()
    {
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // ROLLBACK could not be sent. The server rolls back when it loses the connection.
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<long[]> SendAsync(
        IReadOnlyList<SqlStatement> statements, Func<Exception, WarehouseException?> judge, CancellationToken cancellationToken)
    {
        if (statements.Count == 0)
            throw new WarehouseException(FailureKind.Rejected, "The SQL holds no statement.") { Cause = FailureCause.RejectedStatement };
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        var commands = statements.Select(static statement => new NpgsqlBatchCommand(statement.Text)).ToArray();
        foreach (var command in commands) batch.BatchCommands.Add(command);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            EnsureOpen();
            return Array.ConvertAll(commands, static c =>
                c.StatementType is StatementType.Insert or StatementType.Update or StatementType.Delete or StatementType.Merge ? (long)c.Rows : 0);
        }
        catch (PostgresException e) when (judge(e) is { Kind: FailureKind.Rejected } refused
            && Array.IndexOf(commands, e.BatchCommand) is >= 0 and var at)
        {
            throw refused.InStatement(at + 1, commands.Length);
        }
    }

    /// <summary>Refuses SQL that ended the transaction around it. What it has committed stays committed, and the error says so.</summary>
    private void EnsureOpen()
    {
        try
        {
            // Npgsql tracks the transaction state that the server reports, but exposes it only when the transaction is used.
            using var probe = new NpgsqlCommand("", connection, transaction);
        }
        catch (InvalidOperationException e)
        {
            throw new WarehouseException(
                FailureKind.Rejected,
                "The SQL ended its own transaction, so it is not in the ledger; leave out BEGIN, COMMIT and ROLLBACK, and in Redshift TRUNCATE, "
                + "which commits.", e);
        }
    }
}
