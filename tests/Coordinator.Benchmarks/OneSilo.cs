using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Benchmarks;

/// <summary>PostgreSQL with a few tables, memcached whose memory is old, and a silo over both, each a process of its own.</summary>
internal sealed class OneSilo : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = [];

    private OneSilo()
    {
    }

    public NpgsqlDataSource Warehouse { get; private set; } = null!;

    public SiloProcess Silo { get; private set; } = null!;

    /// <param name="ddl">Makes the tables.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <param name="postgres">Settings of PostgreSQL.</param>
    public static async Task<OneSilo> StartAsync(string ddl, CancellationToken ct, params string[] postgres)
    {
        var all = new OneSilo();
        try
        {
            var server = all.Add(await PostgresServer.StartAsync(postgres));
            var memcached = all.Add(await MemcachedServer.StartAsync());
            await memcached.GrowOldAsync("coordinator");
            var database = await server.CreateDatabaseAsync(ct);
            all.Warehouse = all.Add(NpgsqlDataSource.Create(database));
            await using (var create = all.Warehouse.CreateCommand(ddl)) await create.ExecuteNonQueryAsync(ct);
            all.Silo = all.Add(await SiloProcess.StartAsync(
                new Dictionary<string, string?>
                {
                    ["Coordinator:Warehouse:Provider"] = "Postgres",
                    ["Coordinator:Warehouse:ConnectionString"] = database,
                    ["Coordinator:Locking:Memcached:Servers"] = memcached.Endpoint,
                },
                ct));
            return all;
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part)) await part.DisposeAsync();
    }

    private T Add<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
