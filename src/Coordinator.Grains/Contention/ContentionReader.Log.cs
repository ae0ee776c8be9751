using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Contention;

internal sealed partial class ContentionReader
{
    [LoggerMessage(2100, LogLevel.Warning, "Silo {Silo} did not answer; its tables are missing from the result")]
    private static partial void LogSilent(ILogger logger, SiloAddress silo, Exception failure);
}
