namespace Coordinator.Dashboard.Charts;

/// <summary>A table, an update, a table's inserts or a lock that another has in the graph of who waits for whom.</summary>
/// <param name="Key">Tells it from all others.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind"><c>table</c>, <c>update</c>, <c>inserts</c> or <c>lock</c>.</param>
/// <param name="X">Its column, from the left: who waits is left of what it waits for.</param>
/// <param name="Y">Its place in the column, around 0.</param>
public sealed record GraphNode(string Key, string Name, string Kind, int X = 0, double Y = 0);
