using Coordinator.TestServers;

namespace Coordinator.Laboratory.Cluster;

/// <summary>One silo process, and when it ended.</summary>
internal sealed class SiloRun
{
    private SiloRun(ChildProcess process)
    {
        Process = process;
        Over = WatchAsync();
    }

    public ChildProcess Process { get; }

    /// <summary>When the process was found ended; null while it runs.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>Completes when the process has ended.</summary>
    public Task Over { get; }

    public static SiloRun Start(ChildProcess process) => new(process);

    private async Task WatchAsync()
    {
        await Process.WaitForExitAsync(TimeSpan.FromDays(1));
        Ended = TimeProvider.System.GetUtcNow();
    }
}
