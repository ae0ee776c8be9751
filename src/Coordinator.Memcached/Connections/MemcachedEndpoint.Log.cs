using Microsoft.Extensions.Logging;

namespace Coordinator.Memcached.Connections;

internal sealed partial class MemcachedEndpoint
{
    [LoggerMessage(1000, LogLevel.Information, "Connected to memcached {Server}.")]
    private partial void LogConnected(ServerAddress server);

    [LoggerMessage(1001, LogLevel.Warning, "The connection to memcached {Server} is over: {Reason}.")]
    private partial void LogClosed(ServerAddress server, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "memcached {Server} cannot be reached ({Failures} tries): {Reason}")]
    private partial void LogUnreachable(ServerAddress server, int failures, string reason);
}
