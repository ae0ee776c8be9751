namespace Coordinator.Dashboard.Charts;

/// <summary>An arrow of the graph: from who waits to the table, from the table to who holds it.</summary>
/// <param name="From">A node's key.</param>
/// <param name="To">A node's key.</param>
/// <param name="IsWait">True if it is waited, false if it is held.</param>
/// <param name="Text">For how long, and to do what.</param>
public sealed record GraphEdge(string From, string To, bool IsWait, string Text);
