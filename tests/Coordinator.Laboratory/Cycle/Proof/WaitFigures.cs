namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>Waits of one kind of write, compared with the turns ahead of them.</summary>
/// <param name="Count">The number of waits.</param>
/// <param name="MedianMilliseconds">The median wait.</param>
/// <param name="LongestMilliseconds">The longest wait.</param>
/// <param name="AheadMilliseconds">The sum of the turns that ran on its own tables during the longest wait.</param>
/// <param name="UnexplainedMilliseconds">The longest part of any wait in which no turn ran that the wait depended on, directly or through other
/// waits.</param>
/// <param name="UnexplainedReads">The most reads that each reader made in such a part of a wait: the progress of the machine meanwhile.</param>
/// <param name="Unexplained">The wait with those reads.</param>
internal sealed record WaitFigures(
    int Count,
    double MedianMilliseconds,
    double LongestMilliseconds,
    double AheadMilliseconds,
    double UnexplainedMilliseconds,
    int UnexplainedReads,
    string Unexplained);
