using Coordinator.Memcached.Connections;
using Microsoft.Extensions.Logging;

namespace Coordinator.Memcached.Servers;

internal sealed partial class ClusterDiscovery
{
    [LoggerMessage(1010, LogLevel.Information, "{Server} names these memcached servers (version {Version}): {Servers}.")]
    private partial void LogServers(ServerAddress server, long version, string servers);

    [LoggerMessage(1011, LogLevel.Error, "{Server} did not list its memcached servers: {Reason}.")]
    private partial void LogFailed(ServerAddress server, string reason);
}
