using System.Globalization;

namespace Coordinator.Benchmarks.Lookups;

/// <summary>The duration of one kind of request, in milliseconds.</summary>
internal sealed record LookupsResult(string Kind, int Count, double P50, double P99, double Max)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind,-40} {Count,6} requests   p50 {P50,8:F1} ms   p99 {P99,8:F1} ms   max {Max,8:F1} ms");
}
