namespace Coordinator.Dashboard.Charts;

/// <summary>Places a graph's nodes so that arrows lead to the right and rarely cross. The result is deterministic, so nodes do not jump between
/// refreshes.</summary>
internal static class GraphLayout
{
    public static IEnumerable<GraphNode> Place(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        var columns = Columns(nodes, edges);
        var y = new Dictionary<string, double>();
        foreach (var column in nodes.GroupBy(n => columns[n.Key]).OrderBy(static g => g.Key))
        {
            // Beside the nodes that arrows come from.
            var placed = column.OrderBy(n =>
                edges.Where(e => e.To == n.Key && y.ContainsKey(e.From)).Select(e => y[e.From]).DefaultIfEmpty().Average())
                .ThenBy(static n => n.Key, StringComparer.Ordinal).ToList();
            for (var i = 0; i < placed.Count; i++)
            {
                y[placed[i].Key] = i - (placed.Count - 1) / 2.0;
                yield return placed[i] with { X = column.Key, Y = y[placed[i].Key] };
            }
        }
    }

    // The longest path to a node. Figures of different moments may contain a cycle; the number of rounds bounds the loop.
    private static Dictionary<string, int> Columns(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        var columns = nodes.ToDictionary(static n => n.Key, static _ => 0);
        for (var (round, isMoving) = (0, true); isMoving && round < nodes.Count; round++)
        {
            isMoving = false;
            foreach (var edge in edges.Where(e => columns[e.To] <= columns[e.From]))
            {
                columns[edge.To] = columns[edge.From] + 1;
                isMoving = true;
            }
        }

        return columns;
    }
}
