using System.Collections.Concurrent;
using Coordinator.Core.Warehouses;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coordinator.Warehouse.DuckDb;

/// <summary>Lends connections to one database. A root connection stays open to keep the database open.</summary>
internal sealed partial class DuckDbConnections(IOptions<DuckDbWarehouseOptions> options, ILogger<DuckDbConnections> logger) : IDisposable
{
    private readonly DuckDbDatabase _database = new(options.Value.ConnectionString, options.Value.IsReadOnly);
    private readonly SemaphoreSlim _slots = new(options.Value.MaxConnections);
    private readonly SemaphoreSlim _opening = new(1);
    private readonly ConcurrentBag<DuckDBConnection> _idle = [];
    private DuckDBConnection? _root;
    private volatile bool _disposed;

    /// <summary>The database's file, or that it is in memory.</summary>
    public string Source => _database.Source;

    /// <summary>Lends a connection without a transaction. Disposing the session returns it.</summary>
    /// <exception cref="WarehouseException">The database cannot be opened.</exception>
    public async Task<DuckDbSession> RentAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_idle.TryTake(out var connection)) connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return new DuckDbSession(connection, GiveBack);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection)) connection.Dispose();
        _root?.Dispose();
        _root = null;
    }

    private async Task<DuckDBConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(Open, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DuckDBException or IOException or UnauthorizedAccessException)
        {
            throw new WarehouseException(FailureKind.Unavailable, $"DuckDB cannot open {_database.Source}: {e.Message}{Hint(e)}", e);
        }
        finally
        {
            _opening.Release();
        }
    }

    private DuckDBConnection Open()
    {
        if (_root is null)
        {
            _database.MakeFolder();
            _root = _database.Open(root: null);
            Opened(_database.Source);
        }

        return _database.Open(_root);
    }

    private static string Hint(Exception e) => e.Message.Contains("lock on file", StringComparison.Ordinal)
        ? " Another process, such as a silo, has the file open, and DuckDB lends a file to one process at a time: end that one first."
        : "";

    private void GiveBack(DuckDBConnection connection, bool isUsable)
    {
        if (isUsable && !_disposed) _idle.Add(connection);
        else connection.Dispose();
        _slots.Release();
    }
}
