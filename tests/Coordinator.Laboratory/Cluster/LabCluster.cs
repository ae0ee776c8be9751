using System.Globalization;
using Coordinator.Laboratory.Evidence;
using Coordinator.Laboratory.Network;
using Coordinator.TestServers;
using Npgsql;

namespace Coordinator.Laboratory.Cluster;

/// <summary>A separate network with PostgreSQL and memcached on this side, and silos that form one cluster behind cables that can be
/// cut.</summary>
internal sealed class LabCluster : IAsyncDisposable
{
    /// <summary>The warehouse's user of silos that log in with a password.</summary>
    public const string Writer = "writer";

    private readonly string _hba;

    private LabCluster(LabSettings settings, Lan lan, PostgresServer postgres, MemcachedServer memcached, string hba)
    {
        Settings = settings;
        Lan = lan;
        Postgres = postgres;
        Memcached = memcached;
        _hba = hba;
        Database = $"Host={lan.WarehouseAddress};Port={Text(postgres.Port)};Username=postgres;Database=postgres";
        Warehouse = NpgsqlDataSource.Create(Database);
    }

    public LabSettings Settings { get; }

    public Lan Lan { get; }

    public PostgresServer Postgres { get; }

    public MemcachedServer Memcached { get; }

    public string Database { get; }

    public NpgsqlDataSource Warehouse { get; }

    public IReadOnlyList<SiloNode> Nodes { get; private set; } = [];

    /// <summary>How a client finds the silos.</summary>
    public IReadOnlyDictionary<string, string?> ClientSettings => ClusterSettings.ForClients(Database);

    public static async Task<LabCluster> StartAsync(LabSettings settings)
    {
        var lan = await Lan.CreateAsync();
        var hba = Path.Combine("/tmp", $"coordinator-lab-{Environment.ProcessId}.hba");
        await File.WriteAllTextAsync(
            hba, $"host all {Writer} {lan.Range} scram-sha-256\nhost all all 127.0.0.1/32 trust\nhost all all {lan.Range} trust\n");
        var postgres = await PostgresServer.StartAsync(
            [
                $"listen_addresses=127.0.0.1,{lan.WarehouseAddress}",
                $"hba_file={hba}",
                .. ServerLog.Settings,
                .. settings.Postgres,
            ]);
        // As a careful operator configures it: memcached evicts nothing to make room.
        var memcached = await MemcachedServer.StartAsync("-l", lan.MemcachedAddress, "-M", "-m", "8");
        if (settings.IsMemcachedOld) await memcached.GrowOldAsync("coordinator");
        var cluster = new LabCluster(settings, lan, postgres, memcached, hba);
        try
        {
            await cluster.CreateTablesAsync();
            var nodes = new List<SiloNode>();
            for (var i = 1; i <= settings.Silos; i++) nodes.Add(cluster.Node(i, await lan.AddAsync()));
            cluster.Nodes = nodes;
            await Task.WhenAll(nodes.Select(static node => node.StartAsync()));
            return cluster;
        }
        catch
        {
            // The next run needs the same network.
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the logs of the silos and of PostgreSQL's latest process to a folder.</summary>
    public async Task WriteLogsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var node in Nodes) await node.WriteLogAsync(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "postgres.log"), Postgres.Process.Output);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Warehouse.DisposeAsync();
        await Memcached.DisposeAsync();
        await Postgres.DisposeAsync();
        await Lan.DisposeAsync();
        File.Delete(_hba);
    }

    /// <summary>Creates tables in which a transaction takes as long as on Redshift. Transactions of milliseconds would hardly ever
    /// overlap.</summary>
    private async Task CreateTablesAsync()
    {
        var seconds = Settings.TransactionTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var tables = Settings.TableNames.Select(t => $"""
            CREATE TABLE {t} ({Settings.Columns});
            CREATE TRIGGER slow AFTER INSERT ON {t} FOR EACH STATEMENT EXECUTE FUNCTION slow();
            """);
        await using var command = Warehouse.CreateCommand($"""
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END';
            {string.Concat(tables)}
            {(Settings.Password is { } password ? $"""
                CREATE ROLE {Writer} LOGIN PASSWORD '{password}';
                GRANT CREATE ON DATABASE postgres TO {Writer};
                GRANT ALL ON ALL TABLES IN SCHEMA public TO {Writer};
                """ : "")}
            """);
        await command.ExecuteNonQueryAsync();
    }

    private SiloNode Node(int number, Station station)
    {
        var settings = new Dictionary<string, string?>(
            ClusterSettings.ForSilos(Database, $"{Lan.MemcachedAddress}:{Text(Memcached.Port)}", Settings.Ttl))
        {
            ["urls"] = "http://127.0.0.1:8080",
            ["Coordinator:Silo:Address"] = station.Address,
            ["Coordinator:Clustering:Directory"] = Settings.Directory,
            ["Coordinator:Locking:Provider"] = Settings.Lock == LockMode.Off ? "InProcess" : "Memcached",
            ["Logging:LogLevel:Coordinator.Locking"] = Settings.LockLog,
        };
        if (Settings.Lock != LockMode.Off) settings["Coordinator:Locking:WhenUnavailable"] = Settings.Lock.ToString();
        if (Settings.Password is { } password)
            settings["Coordinator:Warehouse:ConnectionString"] = $"{Database};Username={Writer};Password={password}";
        var name = $"silo{Text(number)}";
        var clock = Settings.HasFakeClocks ? new FakeClock(name) : null;
        foreach (var (key, value) in clock?.Start() ?? new Dictionary<string, string?>()) settings[key] = value;
        return new SiloNode(name, settings, station, Settings.Program, clock);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
