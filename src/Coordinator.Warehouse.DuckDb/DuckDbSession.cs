using Coordinator.Core.Warehouses;
using DuckDB.NET.Data;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>A rented connection. DuckDB executes on the calling thread, so all work runs on the thread pool.</summary>
internal sealed class DuckDbSession(DuckDBConnection connection, Action<DuckDBConnection, bool> giveBack) : IDisposable
{
    private CancellationToken _cancellation;
    private bool _inTransaction;
    private bool _isUsable = true;

    public DuckDBConnection Connection => connection;

    /// <summary>Runs work on the thread pool. Cancellation interrupts its statements.</summary>
    public async Task<T> RunAsync<T>(Func<DuckDbSession, T> work, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        try
        {
            return await Task.Run(() => work(this), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (WarehouseFailure.Translate(e) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>Closes the connection instead of returning it, so that the next user does not see the state that a caller's SQL left in
    /// it.</summary>
    public void Retire() => _isUsable = false;

    public void Begin()
    {
        Execute("BEGIN");
        _inTransaction = true;
    }

    /// <summary>Commits. Must not follow a failed statement: DuckDB answers COMMIT of an aborted transaction with success and rolls
    /// back.</summary>
    public Task CommitAsync() => RunAsync(
        static session =>
        {
            try
            {
                session.Execute("COMMIT");
                session._inTransaction = false;
                return true;
            }
            catch (DuckDBException e)
            {
                session._isUsable = false;
                throw WarehouseFailure.OfCommit(e);
            }
        },
        CancellationToken.None);

    public async Task RollbackAsync()
    {
        if (!_inTransaction) return;
        _inTransaction = false;
        try
        {
            await RunAsync(static session => session.Execute("ROLLBACK"), CancellationToken.None).ConfigureAwait(false);
        }
        catch (WarehouseException)
        {
            // Closing the connection rolls back, and the original failure is more useful than this one.
            _isUsable = false;
        }
    }

    public long Execute(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        using var interrupt = Interrupt(command);
        return command.ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, Func<DuckDBDataReader, T> read, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        using var interrupt = Interrupt(command);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public void ThrowIfCancelled() => _cancellation.ThrowIfCancellationRequested();

    public void Dispose() => giveBack(connection, _isUsable && !_inTransaction);

    private DuckDBCommand Command(string sql, ReadOnlySpan<object> values)
    {
        _cancellation.ThrowIfCancellationRequested();
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values) command.Parameters.Add(new DuckDBParameter(value));
        return command;
    }

    private CancellationTokenRegistration Interrupt(DuckDBCommand command) =>
        _cancellation.Register(static state => ((DuckDBCommand)state!).Cancel(), command);
}
