using System.Net;
using Coordinator.Locking;
using Coordinator.Warehouse.Redshift;
using Npgsql;

namespace Coordinator.Hosting;

/// <summary>What the settings of a silo lead to: for one line in the log at its start, and for <c>silo-host --check</c>. No secrets.</summary>
public sealed record SiloSummary
{
    /// <summary>The silo's name.</summary>
    public required string Silo { get; init; }

    /// <summary>The warehouse's kind.</summary>
    public required string Warehouse { get; init; }

    /// <summary>Where the warehouse is: a file, or host, port and database.</summary>
    public required string Database { get; init; }

    /// <summary>The isolation of its transactions.</summary>
    public required string Isolation { get; init; }

    /// <summary>Where locks are kept.</summary>
    public required string Locks { get; init; }

    /// <summary>The memcached servers; empty for locks in this process.</summary>
    public required string LockServers { get; init; }

    /// <summary>Where the membership is kept.</summary>
    public required string Cluster { get; init; }

    /// <summary>The cluster's id.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The address for other silos.</summary>
    public required string SiloAddress { get; init; }

    /// <summary>The address for clients.</summary>
    public required string Gateway { get; init; }

    /// <summary>The addresses of the pages and endpoints.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Sums up settings without mistakes.</summary>
    public static SiloSummary Of(SiloSettings settings, IReadOnlyList<string> urls)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var address = IPAddress.Parse(settings.Silo.Address);
        return new SiloSummary
        {
            Silo = settings.Silo.Name,
            Warehouse = settings.Warehouse.Provider.ToString(),
            Database = DatabaseOf(settings),
            Isolation = IsolationOf(settings),
            Locks = settings.Locking.EffectiveProvider.ToString(),
            LockServers = settings.Locking.EffectiveProvider == LockingProvider.Memcached ? settings.Locking.Memcached.Servers : "",
            Cluster = settings.Clustering.Provider.ToString(),
            ClusterId = settings.Clustering.ClusterId,
            SiloAddress = new IPEndPoint(address, settings.Silo.SiloPort).ToString(),
            Gateway = new IPEndPoint(address, settings.Silo.GatewayPort).ToString(),
            Urls = urls,
        };
    }

    /// <summary>One line.</summary>
    public override string ToString() =>
        $"silo {Silo}: warehouse {Warehouse} ({Database}), isolation {Isolation}; "
        + $"locks {Locks}{(LockServers.Length > 0 ? $" ({LockServers})" : "")}; "
        + $"cluster {ClusterId} by {Cluster}, silo {SiloAddress}, gateway {Gateway}; urls {string.Join(';', Urls)}";

    private static string DatabaseOf(SiloSettings settings)
    {
        if (settings.Warehouse.Provider == WarehouseProvider.DuckDb) return settings.DuckDb.ConnectionString;
        // The password and all else that the connection string holds stay out.
        var text = settings.Warehouse.ConnectionString;
        var isRedshift = settings.Warehouse.Provider == WarehouseProvider.Redshift;
        var connection = isRedshift ? RedshiftConnection.Of(text) : new NpgsqlConnectionStringBuilder(text);
        return $"{connection.Host}:{connection.Port}/{connection.Database}";
    }

    private static string IsolationOf(SiloSettings settings) => settings.Warehouse.Provider switch
    {
        WarehouseProvider.DuckDb => "Snapshot",
        WarehouseProvider.Postgres => $"Serializable, inserts {settings.Postgres.InsertIsolation}",
        _ => "of the database, Serializable or Snapshot",
    };
}
