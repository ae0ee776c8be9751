using Microsoft.Extensions.Logging;

namespace Coordinator.Grains.Contention;

internal sealed partial class ContentionReader
{
    [LoggerMessage(2100, LogLevel.Warning, "Silo {Silo} did not answer for its tables; they are left out")]
    private static partial void LogSilent(ILogger logger, SiloAddress silo, Exception failure);
}
