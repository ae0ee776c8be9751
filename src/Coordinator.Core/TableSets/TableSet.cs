using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.TableSets;

/// <summary>The tables of an update in the global order of reservations, which prevents deadlocks.</summary>
public static class TableSet
{
    /// <summary>Every table once, in ordinal order; exclusive if written, even if also read.</summary>
    public static IReadOnlyList<(TableName Table, ReservationMode Mode)> Of(UpdateIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var modes = new SortedDictionary<TableName, ReservationMode>();
        foreach (var table in intent.Reads) modes[table] = ReservationMode.Shared;
        foreach (var table in intent.Writes) modes[table] = ReservationMode.Exclusive;
        return [.. modes.Select(static m => (m.Key, m.Value))];
    }
}
