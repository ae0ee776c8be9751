namespace Coordinator.Dashboard.Charts;

/// <summary>A node of the wait graph: a table, an update, a table's inserts, or another activation's lock.</summary>
/// <param name="Key">The unique key.</param>
/// <param name="Name">The displayed name.</param>
/// <param name="Kind"><c>table</c>, <c>update</c>, <c>inserts</c> or <c>lock</c>.</param>
/// <param name="X">Its column, from the left: a waiter is left of what it waits for.</param>
/// <param name="Y">Its position in the column, around 0.</param>
public sealed record GraphNode(string Key, string Name, string Kind, int X = 0, double Y = 0);
