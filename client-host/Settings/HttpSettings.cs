namespace Coordinator.ClientHost.Settings;

/// <summary>The settings of <c>serve</c>, read from <c>Coordinator:Http</c>.</summary>
internal sealed class HttpSettings
{
    public const string Section = "Coordinator:Http";

    /// <summary>The maximum size of a body of <c>POST …/rows</c>. Default 32 MiB.</summary>
    public long MaxBodyBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>The maximum sum of the bodies that the host holds at once, decompressed, from their first byte to their answer; 429 beyond it. The
    /// host needs several times as much memory, since rows are read into columns. One body of <see cref="MaxBodyBytes"/> is always taken.
    /// Default 48 MiB.</summary>
    public long MaxBytesInFlight { get; set; } = 48 * 1024 * 1024;

    /// <summary>How long a request waits for its commit before it returns 504. Default 1 minute.</summary>
    public TimeSpan RowsTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a job's run waits for its commit before it returns 504. Default 5 minutes.</summary>
    public TimeSpan JobsTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
