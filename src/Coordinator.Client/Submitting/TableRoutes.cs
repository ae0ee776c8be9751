using System.Collections.Concurrent;
using Coordinator.Grains;
using Coordinator.Tables;

namespace Coordinator.Client.Submitting;

/// <summary>A client's tables. Callers may use any number of names, so the name of a rejected intent is forgotten until one is committed there, and
/// all are forgotten when there are too many: a new route costs a row of the ledger, and intents on the old one arrive.</summary>
internal sealed class TableRoutes(IGrainFactory grains, AttemptTimeout attemptTimeout)
{
    /// <summary>The maximum number of routes.</summary>
    public const int Most = 20_000;

    /// <summary>The tables that have a route.</summary>
    public ConcurrentDictionary<TableName, TableRoute> Known { get; } = new();

    /// <summary>The route of a table, made if it has none.</summary>
    public TableRoute Of(TableName table) => Known.TryGetValue(table, out var known) ? known : Add(table);

    /// <summary>The grain of a table that is only asked.</summary>
    public ITableGrain GrainOf(TableName table) =>
        Known.TryGetValue(table, out var known) ? known.Grain : grains.GetGrain<ITableGrain>(table.ToString());

    private TableRoute Add(TableName table)
    {
        if (Known.Count >= Most) Known.Clear();
        return Known.GetOrAdd(table, new TableRoute(
            table, grains.GetGrain<ITableGrain>(table.ToString()), attemptTimeout, () => Known.TryRemove(table, out _)));
    }
}
