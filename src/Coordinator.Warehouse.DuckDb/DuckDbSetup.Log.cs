using Microsoft.Extensions.Logging;

namespace Coordinator.Warehouse.DuckDb;

internal sealed partial class DuckDbSetup
{
    [LoggerMessage(3501, LogLevel.Information, "DuckDB ran {Count} statements of the setup script {File}")]
    private partial void Done(int count, string file);
}
