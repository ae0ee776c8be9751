namespace Coordinator.Laboratory.Cycle.Proof;

/// <summary>How long writes of one kind waited, held against the turns ahead of them.</summary>
/// <param name="Count">The waits judged.</param>
/// <param name="MedianMilliseconds">Half of them were shorter.</param>
/// <param name="LongestMilliseconds">The longest.</param>
/// <param name="AheadMilliseconds">The sum of the turns on its own tables that ran during the longest.</param>
/// <param name="UnexplainedMilliseconds">The most of any wait during which none ran that it, or whom it waited for, had to wait for.</param>
/// <param name="Unexplained">Which wait that was.</param>
internal sealed record WaitFigures(
    int Count, double MedianMilliseconds, double LongestMilliseconds, double AheadMilliseconds, double UnexplainedMilliseconds, string Unexplained);
