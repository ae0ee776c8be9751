using System.Globalization;
using Coordinator.Memcached.Connections;

namespace Coordinator.Memcached.Servers;

/// <summary>The answer of a configuration endpoint: a version that grows with each change, and the servers.</summary>
internal sealed record ClusterConfiguration(long Version, IReadOnlyList<ServerAddress> Servers)
{
    private const int MaxServers = 1000;

    /// <summary>Parses <c>VERSION\nhost|ip|port host|ip|port\n</c>. Null for any other text.</summary>
    public static ClusterConfiguration? Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        if (lines.Length < 2 || !long.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return null;
        var nodes = lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (nodes.Length is 0 or > MaxServers) return null;
        var servers = new List<ServerAddress>(nodes.Length);
        foreach (var node in nodes)
        {
            if (node.Split('|') is not [var host, var ip, var port]) return null;
            // The name, not the address: a replaced server keeps its name. Some have none.
            var name = host.Length > 0 ? host : ip;
            if (name.Contains(':', StringComparison.Ordinal)) name = $"[{name}]";
            if (!ServerAddress.TryParse($"{name}:{port}", out var server)) return null;
            servers.Add(server);
        }

        return servers.Distinct().Count() == servers.Count ? new ClusterConfiguration(version, servers) : null;
    }
}
