using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.DuckDb;

internal sealed partial class DuckDbConnections
{
    [LoggerMessage(3500, LogLevel.Information, "DuckDB database {Source} is open")]
    private partial void Opened(string source);
}
