using System.Data;
using System.Data.Common;
using Coordinator.Errors;

namespace Coordinator.Demo;

/// <summary>Direct access to a demo's warehouse, without the coordinator.</summary>
internal abstract class DemoWarehouse : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>The setting <c>Coordinator:Warehouse:Provider</c>.</summary>
    public abstract string Provider { get; }

    public abstract string ConnectionString { get; }

    /// <summary>The isolation level that is closest to Redshift's behaviour.</summary>
    public abstract IsolationLevel Isolation { get; }

    /// <summary>A sentence that explains why transactions fail here.</summary>
    public abstract string Cause { get; }

    public abstract bool IsConflict(DbException failure);

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = Create();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (DbException e)
        {
            await connection.DisposeAsync();
            throw Unavailable(e);
        }
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException e)
        {
            throw Unavailable(e);
        }
    }

    /// <summary>The exception for a failure that is not a conflict.</summary>
    public WarehouseUnavailableException Unavailable(DbException failure) =>
        new($"{Name} cannot do its part of the demo: {failure.Message}", innerException: failure);

    public abstract ValueTask DisposeAsync();

    protected abstract DbConnection Create();
}
