using System.Data;
using System.Data.Common;

namespace Coordinator.ClientHost.Demo;

/// <summary>The warehouse of a demo as anybody reaches it, without the coordinator.</summary>
internal abstract class DemoWarehouse : IAsyncDisposable
{
    public abstract string Name { get; }

    /// <summary>The setting <c>Coordinator:Warehouse:Provider</c>.</summary>
    public abstract string Provider { get; }

    public abstract string ConnectionString { get; }

    /// <summary>The isolation that makes the warehouse behave as Redshift does, as far as it can.</summary>
    public abstract IsolationLevel Isolation { get; }

    /// <summary>Why transactions fail here, in a sentence.</summary>
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
            throw new IOException($"{Name} cannot be reached: {e.Message}", e);
        }
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public abstract ValueTask DisposeAsync();

    protected abstract DbConnection Create();
}
