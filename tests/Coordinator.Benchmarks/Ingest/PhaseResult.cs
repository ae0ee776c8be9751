namespace Coordinator.Benchmarks.Ingest;

/// <summary>What one phase measured.</summary>
/// <param name="Phase">Which.</param>
/// <param name="Callers">How many wrote at the same time.</param>
/// <param name="Writes">Writes (transactions, intents) acknowledged while the clock ran.</param>
/// <param name="Rows">Rows of those writes.</param>
/// <param name="Seconds">How long the clock ran.</param>
/// <param name="P50Milliseconds">Median from call to acknowledgement.</param>
/// <param name="P99Milliseconds">99th percentile of the same.</param>
/// <param name="AcknowledgedRows">All rows acknowledged, also while warming up and after the clock stopped.</param>
internal sealed record PhaseResult(
    Phase Phase, int Callers, long Writes, long Rows, double Seconds, double P50Milliseconds, double P99Milliseconds, long AcknowledgedRows)
{
    public double WritesPerSecond => Writes / Seconds;

    public double RowsPerSecond => Rows / Seconds;
}
