using System.Globalization;
using Coordinator.Laboratory.Evidence;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Laboratory.Cluster;

/// <summary>PostgreSQL or the Redshift simulator, memcached, and silos that form one cluster, all on loopback. Needs no root, and its network
/// cannot be cut.</summary>
internal sealed class LoopbackCluster : IAsyncDisposable
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(10);

    private LoopbackCluster(PostgresServer postgres, MemcachedServer memcached, int silos, WarehouseKind kind)
    {
        Postgres = postgres;
        Memcached = memcached;
        Warehouse = new LabWarehouse(kind, postgres.ConnectionString);
        Evidence = NpgsqlDataSource.Create(postgres.ConnectionString + ";Application Name=evidence");
        Nodes = [.. Enumerable.Range(1, silos).Select(Node)];
    }

    public PostgresServer Postgres { get; }

    public MemcachedServer Memcached { get; }

    public LabWarehouse Warehouse { get; }

    /// <summary>Direct access to PostgreSQL, to create the tables and to read the results.</summary>
    public NpgsqlDataSource Evidence { get; }

    public IReadOnlyList<SiloNode> Nodes { get; }

    public IReadOnlyDictionary<string, string?> ClientSettings => ClusterSettings.ForClients(Postgres.ConnectionString);

    public static async Task<LoopbackCluster> StartAsync(int silos, string ddl, WarehouseKind kind = WarehouseKind.Postgres)
    {
        // The simulator opens one session for each update, and more for its own queries.
        var postgres = await PostgresServer.StartAsync([.. ServerLog.Settings, "max_connections=400"]);
        var cluster = new LoopbackCluster(postgres, await MemcachedServer.StartAsync(), silos, kind);
        try
        {
            await using (var command = cluster.Evidence.CreateCommand(ddl)) await command.ExecuteNonQueryAsync();
            await cluster.Memcached.GrowOldAsync("coordinator");
            await Task.WhenAll(cluster.Nodes.Select(static node => node.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the logs of the silos, PostgreSQL and the simulator to a folder.</summary>
    public async Task WriteLogsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var node in Nodes) await node.WriteLogAsync(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "postgres.log"), Postgres.Process.Output);
        if (Warehouse.Redshift is { } redshift)
            await File.WriteAllLinesAsync(Path.Combine(folder, "redshift.log"), redshift.Log.Concat(redshift.Refused));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Warehouse.DisposeAsync();
        await Evidence.DisposeAsync();
        await Memcached.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private SiloNode Node(int number)
    {
        var settings = new Dictionary<string, string?>(ClusterSettings.ForSilos(Postgres.ConnectionString, Memcached.Endpoint, Ttl))
        {
            ["urls"] = $"http://127.0.0.1:{Port()}",
            ["Coordinator:Silo:SiloPort"] = Port(),
            ["Coordinator:Silo:GatewayPort"] = Port(),
        };
        foreach (var (key, value) in Warehouse.SiloSettings) settings[key] = value;
        return new SiloNode(string.Create(CultureInfo.InvariantCulture, $"silo{number}"), settings);
    }

    private static string Port() => FreePort.Next().ToString(CultureInfo.InvariantCulture);
}
