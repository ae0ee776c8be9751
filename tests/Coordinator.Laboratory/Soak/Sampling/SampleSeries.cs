using System.Globalization;
using Coordinator.Simulation.Trends;

namespace Coordinator.Laboratory.Soak.Sampling;

/// <summary>The samples of each measure of each process, in the order of time.</summary>
internal sealed class SampleSeries
{
    private readonly Dictionary<(string Process, Measure Measure), List<double>> _samples = [];

    public void Add(string process, Measure measure, double value)
    {
        if (!_samples.TryGetValue((process, measure), out var samples)) _samples[(process, measure)] = samples = [];
        samples.Add(value);
    }

    /// <summary>The latest sample of a measure of each process that has it.</summary>
    public IEnumerable<(string Process, double Value)> Latest(Measure measure) =>
        _samples.Where(s => s.Key.Measure == measure).Select(static s => (s.Key.Process, s.Value[^1]));

    /// <summary>The judgement of every figure of a run.</summary>
    public IReadOnlyList<SoakFigure> Judge(TimeSpan length) =>
    [
        .. from series in _samples
           let process = series.Key.Process
           let measure = series.Key.Measure
           orderby process, measure
           let trend = Trend.Of(series.Value, Measures.ToleranceOf(measure))
           select new SoakFigure(process, measure, trend, Measures.IsJudged(process, measure, length)),
    ];

    /// <summary>All samples: a line for each figure.</summary>
    public IEnumerable<string> Lines() => _samples.Select(static s =>
        $"{s.Key.Process},{s.Key.Measure},{string.Join(',', s.Value.Select(static v => v.ToString("0.##", CultureInfo.InvariantCulture)))}");
}
