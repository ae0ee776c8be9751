using System.Globalization;

namespace Coordinator.Laboratory.Cluster;

/// <summary>Settings that silos and clients of all laboratories share.</summary>
internal static class ClusterSettings
{
    public static IReadOnlyDictionary<string, string?> ForClients(string database) => new Dictionary<string, string?>
    {
        ["Coordinator:Clustering:Provider"] = "Postgres",
        ["Coordinator:Clustering:ConnectionString"] = database,
    };

    /// <summary>Silos log in JSON, so that the laboratory can count events.</summary>
    public static IReadOnlyDictionary<string, string?> ForSilos(string database, string memcached, TimeSpan ttl) =>
        new Dictionary<string, string?>(ForClients(database))
        {
            ["Coordinator:Warehouse:Provider"] = "Postgres",
            ["Coordinator:Warehouse:ConnectionString"] = database,
            ["Coordinator:Locking:Memcached:Servers"] = memcached,
            ["Coordinator:Locking:Ttl"] = ttl.ToString("c", CultureInfo.InvariantCulture),
            ["Logging:Console:FormatterName"] = "json",
            ["Logging:Console:FormatterOptions:TimestampFormat"] = "O",
            ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        };
}
