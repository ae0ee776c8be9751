using Coordinator.Contention;
using Coordinator.Dashboard.Words;

namespace Coordinator.Dashboard.Charts;

/// <summary>The wait graph: arrows lead from a waiting update, over the table, to the update that holds it.</summary>
/// <param name="Nodes">Placed in columns from left to right along the arrows.</param>
/// <param name="Edges">The arrows.</param>
public sealed record WaitGraph(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges)
{
    /// <summary>The number of columns.</summary>
    public int Columns => Nodes.Select(static n => n.X + 1).DefaultIfEmpty().Max();

    /// <summary>The number of nodes in the largest column.</summary>
    public int Rows => Nodes.GroupBy(static n => n.X).Select(static g => g.Count()).DefaultIfEmpty().Max();

    /// <summary>Makes the graph of the tables that updates hold and wait for. Adds the inserts of <paramref name="centre"/>.</summary>
    public static WaitGraph Of(IReadOnlyList<WaitEdge> waits, TableContention? centre = null)
    {
        ArgumentNullException.ThrowIfNull(waits);
        var nodes = new Dictionary<string, GraphNode>();
        var edges = new List<GraphEdge>();
        foreach (var wait in waits)
        {
            var update = Node("update " + wait.Id, TurnWords.Source(wait.Source), "update");
            Link(update, Table(wait.Table.ToString()), !wait.IsHeld,
                $"{Text.Duration(wait.SinceMilliseconds)}, to {(wait.IsExclusive ? "write" : "read")}");
        }

        if (centre is not null) AddInserts(centre);
        return new([.. GraphLayout.Place([.. nodes.Values], edges)], edges);

        void AddInserts(TableContention table)
        {
            var name = table.Table.ToString();
            foreach (var holder in table.Holders.Where(static h => TurnWords.IsInsert(h.Kind) || TurnWords.IsLock(h.Kind)))
                Link(Node("holding " + name, TurnWords.Holder(holder), TurnWords.IsLock(holder.Kind) ? "lock" : "inserts"), Table(name),
                    isWait: false, Text.Duration(holder.SinceMilliseconds));
            var waiting = table.Waiters.Where(static w => TurnWords.IsInsert(w.Kind)).ToList();
            if (waiting.Count == 0) return;
            var inserts = Text.Some(waiting.Sum(static w => w.Count), "insert", "inserts");
            Link(Node("waiting " + name, inserts, "inserts"), Table(name), isWait: true, Text.Duration(waiting.Max(static w => w.SinceMilliseconds)));
        }

        string Table(string name) => Node("table " + name, name, "table");

        string Node(string key, string name, string kind)
        {
            nodes.TryAdd(key, new GraphNode(key, name, kind));
            return key;
        }

        void Link(string who, string table, bool isWait, string text) =>
            edges.Add(isWait ? new(who, table, isWait, text) : new(table, who, isWait, text));
    }
}
