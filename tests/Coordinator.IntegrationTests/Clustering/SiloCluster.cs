using System.Text.Json;
using Coordinator.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Coordinator.IntegrationTests.Clustering;

/// <summary>Several silos in separate processes over PostgreSQL and memcached, which find each other through PostgreSQL or Redis, and their
/// clients.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly Dictionary<string, string?> _settings = [];

    private SiloCluster(PostgresServer postgres)
    {
        Postgres = postgres;
        Database = NpgsqlDataSource.Create(postgres.ConnectionString + ";Pooling=false");
        _parts.Add(postgres);
        _parts.Add(Database);
    }

    public PostgresServer Postgres { get; }

    public NpgsqlDataSource Database { get; }

    public MemcachedServer Memcached { get; private set; } = null!;

    /// <summary>The membership's store; null if that is PostgreSQL.</summary>
    public RedisServer? Redis { get; private set; }

    public List<SiloProcess> Silos { get; } = [];

    /// <summary>Starts the servers and all silos at once.</summary>
    public static async Task<SiloCluster> StartAsync(string provider, int silos, string ddl, params (string Key, string Value)[] settings)
    {
        var cluster = new SiloCluster(await PostgresServer.StartAsync());
        try
        {
            await cluster.StartServersAsync(provider, ddl);
            foreach (var (key, value) in settings) cluster._settings[key] = value;
            await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => cluster.AddSiloAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<SiloProcess> AddSiloAsync()
    {
        var settings = new Dictionary<string, string?>(_settings) { ["Coordinator:Silo:Name"] = "silo-" + Guid.NewGuid().ToString("N")[..8] };
        var silo = await SiloProcess.StartAsync(settings);
        lock (Silos) Silos.Add(silo);
        return silo;
    }

    /// <summary>Starts a silo with the settings, and therefore the address, of one that has ended.</summary>
    public async Task<SiloProcess> ReplaceAsync(SiloProcess ended)
    {
        var silo = await SiloProcess.StartAsync(ended.Settings);
        lock (Silos) Silos[Silos.IndexOf(ended)] = silo;
        await ended.DisposeAsync();
        return silo;
    }

    /// <summary>A host with a client that knows only the cluster settings of the silos.</summary>
    public async Task<IHost> ConnectAsync()
    {
        var host = await TestClient.ConnectAsync(_settings);
        _parts.Add((IAsyncDisposable)host);
        return host;
    }

    /// <summary>The active silos, as one of them reports.</summary>
    public static async Task<int> CountActiveAsync(IHost host) =>
        (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;

    /// <summary>The active silos, as the membership table says. Use it when any silo may be the one that cannot answer.</summary>
    public Task<long> CountMembersAsync() =>
        ScalarAsync<long>($"SELECT count(*) FROM coordinator_cluster.silo WHERE status = {(int)SiloStatus.Active}");

    /// <summary>The silo with the most tables.</summary>
    public async Task<SiloProcess> BusiestAsync()
    {
        using var contention = JsonDocument.Parse(await Silos[0].Http.GetStringAsync("api/contention"));
        var name = contention.RootElement.GetProperty("tables").EnumerateArray().CountBy(static t => t.GetProperty("silo").GetString()!)
            .MaxBy(static s => s.Value).Key;
        return Silos.Single(s => s.Settings["Coordinator:Silo:Name"] == name);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        // Clients first, servers last.
        foreach (var host in _parts.OfType<IHost>().ToList()) await ((IAsyncDisposable)host).DisposeAsync();
        await Task.WhenAll(Silos.Select(static s => s.KillAsync()));
        foreach (var silo in Silos) await silo.DisposeAsync();
        foreach (var part in _parts.Where(static p => p is not IHost).Reverse()) await part.DisposeAsync();
    }

    private async Task StartServersAsync(string provider, string ddl)
    {
        await using (var command = Database.CreateCommand(ddl)) await command.ExecuteNonQueryAsync();
        Memcached = await MemcachedServer.StartAsync();
        _parts.Add(Memcached);
        _settings["Coordinator:Warehouse:Provider"] = "Postgres";
        _settings["Coordinator:Warehouse:ConnectionString"] = Postgres.ConnectionString;
        _settings["Coordinator:Locking:Memcached:Servers"] = Memcached.Endpoint;
        _settings["Coordinator:Clustering:Provider"] = provider;
        _settings["Coordinator:Clustering:ConnectionString"] = Postgres.ConnectionString;
        if (provider != "Redis") return;
        var redis = await RedisServer.StartAsync();
        _parts.Add(redis);
        Redis = redis;
        _settings["Coordinator:Clustering:ConnectionString"] = redis.ConnectionString;
    }
}
