namespace Coordinator.Benchmarks.Ingest;

/// <summary>The figures of one phase.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Callers">The number of concurrent callers.</param>
/// <param name="Writes">Writes (transactions, intents) acknowledged during the measured time.</param>
/// <param name="Rows">Rows of those writes.</param>
/// <param name="Seconds">The measured time.</param>
/// <param name="P50Milliseconds">Median from call to acknowledgement.</param>
/// <param name="P99Milliseconds">99th percentile of the same.</param>
/// <param name="AcknowledgedRows">All acknowledged rows, including those of the warm-up and those after the measured time.</param>
internal sealed record PhaseResult(
    Phase Phase, int Callers, long Writes, long Rows, double Seconds, double P50Milliseconds, double P99Milliseconds, long AcknowledgedRows)
{
    public double WritesPerSecond => Writes / Seconds;

    public double RowsPerSecond => Rows / Seconds;
}
