using System.Text;
using Coordinator.Dashboard.Words;

namespace Coordinator.Dashboard.Charts;

/// <summary>Draws values as an SVG path of 100 × 24.</summary>
public static class SparkPath
{
    private const double Width = 100;
    private const double Height = 24;
    private const double Margin = 2;

    // The scale covers at least a second, so that short waits look small.
    private const float LeastTop = 1000;

    /// <summary>The path, from the left edge to the right, zero at the bottom and the largest value, in milliseconds, at the top.</summary>
    public static string Of(IReadOnlyList<float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var top = Math.Max(values.DefaultIfEmpty().Max(), LeastTop);
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            var x = values.Count == 1 ? 0 : Width * i / (values.Count - 1);
            var y = Height - Margin - (Height - 2 * Margin) * values[i] / top;
            path.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        }

        return path.ToString();
    }

    /// <summary>The same values as text.</summary>
    public static string Describe(IReadOnlyList<float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var top = values.DefaultIfEmpty().Max();
        return top <= 0
            ? "No contention in the last hour"
            : $"Contention in the last hour: at most {Text.Duration(top)}, now {Text.Duration(values[^1])}";
    }
}
