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

    private readonly ConcurrentDictionary<TableName, TableRoute> _routes = new();

    public TableRoute Of(TableName table) => _routes.TryGetValue(table, out var known) ? known : Add(table);

    /// <summary>The grain of a table that is only asked.</summary>
    public ITableGrain GrainOf(TableName table) =>
        _routes.TryGetValue(table, out var known) ? known.Grain : grains.GetGrain<ITableGrain>(table.ToString());

    private TableRoute Add(TableName table)
    {
        if (_routes.Count >= Most) _routes.Clear();
        return _routes.GetOrAdd(table, new TableRoute(
            table, grains.GetGrain<ITableGrain>(table.ToString()), attemptTimeout, () => _routes.TryRemove(table, out _)));
    }
}
