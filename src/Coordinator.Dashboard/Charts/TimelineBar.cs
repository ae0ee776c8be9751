namespace Coordinator.Dashboard.Charts;

/// <summary>A bar of the timeline, as it is drawn.</summary>
/// <param name="Lane">Which lane it lies in, from the top.</param>
/// <param name="From">Where it begins, in milliseconds of Unix time.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Kind"><c>insert</c>, <c>exclusive</c>, <c>shared</c> or <c>lock</c>.</param>
/// <param name="IsWait">True while it was waited for, false while it was held.</param>
/// <param name="IsBad">True if it did not end well.</param>
/// <param name="Text">What it says when one points at it.</param>
public sealed record TimelineBar(int Lane, long From, long To, string Kind, bool IsWait, bool IsBad, string Text);
