using Coordinator.Simulation.Trends;

namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>How measures are judged.</summary>
internal static class Measures
{
    private const double Share = 0.1;
    private const double MemoryMb = 32;
    private const double HeapMb = 8;
    private const double SessionMb = 4;
    private const double Handles = 5;

    // An idle activation lives for 15 minutes, and its end is noticed within another one.
    private static readonly TimeSpan IdleLife = TimeSpan.FromMinutes(16);

    /// <summary>How much of it may be more in the last quarter than in the second.</summary>
    public static Tolerance ToleranceOf(Measure measure) => new(Share, measure switch
    {
        Measure.Memory => MemoryMb,
        Measure.Heap => HeapMb,
        Measure.SessionMemory => SessionMb,
        _ => Handles,
    });

    /// <summary>True if its growth is a leak. A session of PostgreSQL keeps the files of the tables open that it has met, up to a limit of its own.
    /// Activations of tables that were dropped, and their locks, first end in the second quarter of a run of an hour, so shorter runs only show
    /// them.</summary>
    /// <param name="process">The process.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="length">The length of the run.</param>
    public static bool IsJudged(string process, Measure measure, TimeSpan length) => measure switch
    {
        Measure.Descriptors => process != Sampler.Postgres,
        Measure.Activations or Measure.Items => length / 4 >= IdleLife,
        _ => true,
    };

    public static string Name(Measure measure) => measure == Measure.SessionMemory ? "memory per session" : measure.ToString().ToLowerInvariant();

    public static string Text(Measure measure, double value) => measure is Measure.Memory or Measure.Heap or Measure.SessionMemory
        ? FormattableString.Invariant($"{value:0.0} MB")
        : FormattableString.Invariant($"{value:0.#}");
}
