using System.Collections.Concurrent;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Client.Submitting;

/// <summary>The ids of a host's inserts whose callers give none: consecutive numbers for each table, so that a batch of them is one
/// row of the ledger.</summary>
internal sealed class TableIds
{
    /// <summary>The number of tables with numbers of their own. Callers may name any number of tables, and the rest share one sequence.</summary>
    private const int MaxTables = 10_000;

    private readonly ConcurrentDictionary<TableName, IdSequence> _tables = new();
    private readonly IdSequence _others = new(Guid.NewGuid());

    public IntentId Next(TableName table)
    {
        if (_tables.TryGetValue(table, out var known)) return known.Next();
        return (_tables.Count < MaxTables ? _tables.GetOrAdd(table, static named => new IdSequence(TableOrigin.New(named))) : _others).Next();
    }
}
