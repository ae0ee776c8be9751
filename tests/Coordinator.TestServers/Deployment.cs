using Coordinator.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Coordinator.TestServers;

/// <summary>PostgreSQL, memcached, a silo in a separate process, and its client in this process.</summary>
public sealed class Deployment : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];

    public required PostgresServer Postgres { get; init; }

    public required MemcachedServer Memcached { get; init; }

    public SiloProcess Silo { get; private set; } = null!;

    public required NpgsqlDataSource Database { get; init; }

    public Dictionary<string, string?> SiloSettings { get; } = [];

    public static async Task<Deployment> StartAsync(string ddl, string[]? postgresSettings = null, params (string Key, string Value)[] siloSettings)
    {
        var postgres = await PostgresServer.StartAsync(postgresSettings ?? []);
        var deployment = new Deployment
        {
            Postgres = postgres,
            Memcached = await MemcachedServer.StartAsync(),
            // Unpooled: tests restart the server under it.
            Database = NpgsqlDataSource.Create(postgres.ConnectionString + ";Pooling=false"),
        };
        await deployment.ExecuteAsync(ddl);
        await deployment.Memcached.GrowOldAsync("coordinator");
        deployment.SiloSettings["Coordinator:Warehouse:Provider"] = "Postgres";
        deployment.SiloSettings["Coordinator:Warehouse:ConnectionString"] = postgres.ConnectionString;
        deployment.SiloSettings["Coordinator:Locking:Memcached:Servers"] = deployment.Memcached.Endpoint;
        foreach (var (key, value) in siloSettings) deployment.SiloSettings[key] = value;
        deployment.Silo = await SiloProcess.StartAsync(deployment.SiloSettings);
        return deployment;
    }

    /// <summary>A client of the silo, over TCP.</summary>
    public async Task<ICoordinatorClient> ConnectAsync() => (await ConnectHostAsync()).Services.GetRequiredService<ICoordinatorClient>();

    /// <summary>A host with a client of the silo, over TCP.</summary>
    public async Task<IHost> ConnectHostAsync()
    {
        var host = await Silo.ConnectAsync();
        _parts.Add((IAsyncDisposable)host);
        return host;
    }

    /// <summary>Stops the silo gracefully and starts another in its place, at the same addresses.</summary>
    public async Task RestartSiloAsync()
    {
        var settings = Silo.Settings;
        await Silo.StopAsync();
        await Silo.DisposeAsync();
        Silo = await SiloProcess.StartAsync(settings);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts) await part.DisposeAsync();
        if (Silo is not null) await Silo.DisposeAsync();
        await Database.DisposeAsync();
        await Memcached.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
