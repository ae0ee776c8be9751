using Coordinator.Simulation.Trends;

namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>A measure of a process, judged.</summary>
/// <param name="Process">The process.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Trend">Its medians.</param>
/// <param name="IsJudged">False if it is only shown.</param>
internal sealed record SoakFigure(string Process, Measure Measure, Trend Trend, bool IsJudged)
{
    public bool IsLeak => IsJudged && !Trend.IsFlat;

    public string Verdict => (IsJudged, Trend.IsFlat) switch
    {
        (false, _) => "shown only",
        (true, true) => "flat",
        (true, false) when Trend.Samples < Trend.Fewest => "too few samples",
        (true, false) => "GROWS",
    };
}
