namespace Coordinator.Dashboard.Charts;

/// <summary>A bar of the timeline.</summary>
/// <param name="Lane">The index of its lane, from the top.</param>
/// <param name="From">The start, in milliseconds of Unix time.</param>
/// <param name="To">The end.</param>
/// <param name="Kind"><c>insert</c>, <c>exclusive</c>, <c>shared</c> or <c>lock</c>.</param>
/// <param name="IsWait">True for a wait, false for a hold.</param>
/// <param name="IsBad">True if it was not successful.</param>
/// <param name="Text">The text of the tooltip.</param>
public sealed record TimelineBar(int Lane, long From, long To, string Kind, bool IsWait, bool IsBad, string Text);
