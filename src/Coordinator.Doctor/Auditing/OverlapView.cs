using System.Globalization;
using Coordinator.Core.Auditing;

namespace Coordinator.Doctor.Auditing;

/// <summary>Two transactions that were open at the same time, in the answer of <c>audit overlaps</c>.</summary>
internal sealed record OverlapView(string Table, double Milliseconds, WriteView First, WriteView Second)
{
    public static OverlapView Of(LedgerOverlap overlap) =>
        new(overlap.First.Table.ToString(), overlap.Duration.TotalMilliseconds, WriteView.Of(overlap.First), WriteView.Of(overlap.Second));

    public IEnumerable<string> Lines() =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{Table}: two activations were open together for {Milliseconds:0.0} ms"),
        "  " + First.Line(),
        "  " + Second.Line(),
    ];
}
