namespace Coordinator.Laboratory.Soak;

/// <summary>The settings of a run.</summary>
/// <param name="Length">How long the load lasts.</param>
/// <param name="Cpu">The share of the machine's processor time that the load takes: 0.4 is 40 %.</param>
/// <param name="Tables">The number of tables. The last is written by updates, the others by inserts.</param>
/// <param name="Logs">The folder for logs, calls and samples; null for none.</param>
internal sealed record SoakSettings(TimeSpan Length, double Cpu, int Tables, string? Logs)
{
    private const int Samples = 180;
    private const int Collections = 32;

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(5);

    /// <summary>The time between two samples, after each of which the pace is set anew.</summary>
    public TimeSpan Period => TimeSpan.FromTicks(Math.Clamp(Length.Ticks / Samples, ShortestPeriod.Ticks, LongestPeriod.Ticks));

    /// <summary>The time between two full garbage collections, after which the heaps are sampled.</summary>
    public TimeSpan HeapPeriod => TimeSpan.FromTicks(Math.Max(Length.Ticks / Collections, Period.Ticks));

    public IReadOnlyList<string> TableNames => [.. Enumerable.Range(0, Tables).Select(static i => FormattableString.Invariant($"t{i:00}"))];
}
