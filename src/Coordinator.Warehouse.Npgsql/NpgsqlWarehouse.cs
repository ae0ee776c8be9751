using System.Collections.Concurrent;
using Coordinator.Core.Warehouses;
using Coordinator.Grains;
using Coordinator.Tables;
using Coordinator.Warehouse.Npgsql.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordinator.Warehouse.Npgsql;

/// <summary>What PostgreSQL and Redshift share: questions and their failures, the ledgers that were opened, and the activation that wrote each
/// table last.</summary>
/// <typeparam name="TLedger">The statements of one table's ledger.</typeparam>
internal abstract class NpgsqlWarehouse<TLedger>(TimeProvider time, ILogger logger)
    where TLedger : class
{
    private readonly Troubles _troubles = new(time, logger);

    // Bounded by the number of tables in the warehouse. Null: opened before, and the next transaction opens the table again.
    private readonly ConcurrentDictionary<TableName, TLedger?> _ledgers = new();
    private readonly ConcurrentDictionary<TableName, OwnerToken> _writers = new();

    /// <summary>What an operator must mend; null if nothing is known.</summary>
    public string? Trouble => _troubles.Latest;

    /// <summary>The question for the time, as <c>timestamptz</c>.</summary>
    protected abstract string Clock { get; }

    /// <summary>A connection for the statements of the warehouse adapter itself, outside of transactions that write.</summary>
    protected abstract ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Watches the statements of this warehouse.</summary>
    protected abstract StatementWatch Watch { get; }

    /// <summary>Whether the process id that a connection has from its login is its session's number on the server.</summary>
    protected virtual bool KnowsSessions => true;

    /// <summary>Prepares the table's side tables, and remembers its ledger by <see cref="Remember"/>.</summary>
    public abstract Task<TableSchema> OpenAsync(TableName table, CancellationToken cancellationToken);

    /// <summary>The failure that an exception means at a stage; null if it is no failure of the warehouse.</summary>
    protected abstract WarehouseException? FailureOf(Exception e, TransactionStage stage);

    /// <summary>Ends the sessions of other activations that hold the table's fence and have waited for their client for too long.</summary>
    /// <returns>How many were ended.</returns>
    protected abstract Task<int> EndFrozenAsync(TableName table, CancellationToken cancellationToken);

    /// <summary>Whether the failure of a transaction at its fence proves that another activation is writing.</summary>
    protected virtual bool IsProvenRival(WarehouseException failure) => true;

    /// <summary>Makes the ledger's statements if <see cref="OpenAsync"/> did not.</summary>
    protected abstract TLedger CreateLedger(TableName table);

    /// <summary>The time by the warehouse's clock.</summary>
    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => AskAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(Clock, connection);
            return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(token).ConfigureAwait(false))!);
        },
        cancellationToken);

    /// <summary>Asks for one text.</summary>
    protected Task<string> AskAsync(string sql, CancellationToken cancellationToken) => AskAsync(
        async (connection, token) =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return (string)(await command.ExecuteScalarAsync(token).ConfigureAwait(false))!;
        },
        cancellationToken);

    /// <summary>Asks a question that writes no rows.</summary>
    protected async Task<T> AskAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (Exception e) when (FailureOf(e, TransactionStage.Fence) is { } failure)
        {
            _troubles.OnFailure(failure);
            throw failure;
        }
    }

    /// <summary>Asks a question that writes no rows, on a connection of its own.</summary>
    protected Task<T> AskAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> question, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            Task<T>? asked = null;
            try
            {
                return await Watch.RunBriefAsync(
                    KnowsSessions ? connection.ProcessID : null, token => asked = question(connection, token), cancellationToken)
                    .ConfigureAwait(false);
            }
            finally
            {
                if (asked is { IsCompleted: false }) _ = LostConnection.EndAfterAsync(asked, connection.DisposeAsync);
                else await connection.DisposeAsync().ConfigureAwait(false);
            }
        });

    /// <summary>The table's ledger; opens the table if that has not happened since it was last forgotten.</summary>
    protected async ValueTask<TLedger> LedgerAsync(TableName table, CancellationToken cancellationToken)
    {
        if (_ledgers.GetValueOrDefault(table) is { } ledger) return ledger;
        await OpenAsync(table, cancellationToken).ConfigureAwait(false);
        return _ledgers.GetValueOrDefault(table) ?? CreateLedger(table);
    }

    /// <summary>Remembers the ledger of a table that was opened.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ledger">Its ledger.</param>
    /// <param name="isNew">Whether the ledger was created now. If it was known before, it has been dropped since.</param>
    protected void Remember(TableName table, TLedger ledger, bool isNew)
    {
        if (isNew && _ledgers.ContainsKey(table)) _troubles.OnLedgerLost(table);
        _ledgers[table] = ledger;
    }

    /// <summary>Has the next transaction open the table again.</summary>
    protected void ForgetLedger(TableName table)
    {
        if (_ledgers.ContainsKey(table)) _ledgers[table] = null;
    }

    /// <summary>Has the next transaction look for frozen sessions again.</summary>
    protected void ForgetWriter(TableName table) => _writers.TryRemove(table, out _);

    /// <summary>Before an activation's first transaction: ends the sessions that its predecessor left open.</summary>
    protected async ValueTask TakeOverAsync(TableName table, OwnerToken activation, CancellationToken cancellationToken)
    {
        if (_writers.TryGetValue(table, out var writer) && writer == activation) return;
        var ended = await AskAsync(() => EndFrozenAsync(table, cancellationToken)).ConfigureAwait(false);
        if (ended > 0) NpgsqlWarehouseLog.Frozen(logger, ended, table);
        _writers[table] = activation;
    }

    /// <summary>The failure of a transaction, logged where another activation was in its way or a right is missing. An update's own SQL may lack
    /// rights that its caller should not have.</summary>
    protected virtual WarehouseException? Judge(Exception e, TransactionStage stage, IReadOnlyList<TableName> tables, bool isInsert = false)
    {
        var failure = FailureOf(e, stage);
        if (failure?.IsOverlap == true && IsProvenRival(failure)) NpgsqlWarehouseLog.Overlap(logger, string.Join(", ", tables), failure.Message);
        if (failure is not null && (stage == TransactionStage.Fence || isInsert)) _troubles.OnFailure(failure);
        // A side table may have been dropped. The next try opens the table again, which creates it.
        if (stage == TransactionStage.Fence && failure?.Kind == FailureKind.Unavailable)
        {
            foreach (var table in tables) ForgetLedger(table);
        }

        return failure;
    }
}
