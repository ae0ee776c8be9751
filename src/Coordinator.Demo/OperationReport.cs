namespace Coordinator.Demo;

/// <summary>The figures of one kind of operation.</summary>
internal sealed record OperationReport(long Committed, long Conflicts, double P50Milliseconds, double P99Milliseconds)
{
    public static OperationReport Of(OperationTally tally) => new(tally.Committed, tally.Conflicts, tally.Milliseconds(50), tally.Milliseconds(99));
}
