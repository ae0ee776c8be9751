using System.Globalization;
using Coordinator.Laboratory.Evidence;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Laboratory.Cluster;

/// <summary>PostgreSQL, memcached and silos that form one cluster, all on this machine's loopback: for what needs no network to be cut, and no root.</summary>
internal sealed class LoopbackCluster : IAsyncDisposable
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(10);

    private LoopbackCluster(PostgresServer postgres, MemcachedServer memcached, int silos)
    {
        Postgres = postgres;
        Memcached = memcached;
        Warehouse = NpgsqlDataSource.Create(postgres.ConnectionString + ";Application Name=laboratory;Maximum Pool Size=64");
        Nodes = [.. Enumerable.Range(1, silos).Select(Node)];
    }

    public PostgresServer Postgres { get; }

    public MemcachedServer Memcached { get; }

    public NpgsqlDataSource Warehouse { get; }

    public IReadOnlyList<SiloNode> Nodes { get; }

    public IReadOnlyDictionary<string, string?> ClientSettings => ClusterSettings.ForClients(Postgres.ConnectionString);

    public static async Task<LoopbackCluster> StartAsync(int silos, string ddl)
    {
        var cluster = new LoopbackCluster(await PostgresServer.StartAsync([.. ServerLog.Settings]), await MemcachedServer.StartAsync(), silos);
        try
        {
            await using (var command = cluster.Warehouse.CreateCommand(ddl)) await command.ExecuteNonQueryAsync();
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

    /// <summary>Leaves what the silos and PostgreSQL wrote in a folder.</summary>
    public async Task WriteLogsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var node in Nodes) await File.WriteAllLinesAsync(Path.Combine(folder, node.Name + ".log"), node.Runs.Select(static r => r.Process.Output));
        await File.WriteAllTextAsync(Path.Combine(folder, "postgres.log"), Postgres.Process.Output);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Warehouse.DisposeAsync();
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
        return new SiloNode(string.Create(CultureInfo.InvariantCulture, $"silo{number}"), settings);
    }

    private static string Port() => FreePort.Next().ToString(CultureInfo.InvariantCulture);
}
