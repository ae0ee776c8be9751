namespace Coordinator.Dashboard.Charts;

/// <summary>An arrow of the graph: from a waiter to the table, or from the table to its holder.</summary>
/// <param name="From">A node's key.</param>
/// <param name="To">A node's key.</param>
/// <param name="IsWait">True for a wait, false for a hold.</param>
/// <param name="Text">Duration and purpose.</param>
public sealed record GraphEdge(string From, string To, bool IsWait, string Text);
