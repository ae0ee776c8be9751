using Coordinator.Contention;
using Coordinator.Tables;

namespace Coordinator.Core.Contention;

/// <summary>Updates and tables that reservations and waits connect.</summary>
public static class ConnectedWaits
{
    /// <summary>All edges that are connected to a table, directly or indirectly.</summary>
    public static IReadOnlyList<WaitEdge> Around(TableName table, IReadOnlyList<WaitEdge> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        var tables = new HashSet<TableName> { table };
        var updates = new HashSet<string>(StringComparer.Ordinal);
        for (var before = -1; before != tables.Count + updates.Count;)
        {
            before = tables.Count + updates.Count;
            foreach (var edge in edges)
            {
                if (tables.Contains(edge.Table)) updates.Add(edge.Id);
                else if (updates.Contains(edge.Id)) tables.Add(edge.Table);
            }
        }

        return [.. edges.Where(edge => updates.Contains(edge.Id))];
    }
}
