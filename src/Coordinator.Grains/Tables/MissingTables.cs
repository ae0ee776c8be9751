using Coordinator.Receipts;
using Coordinator.Tables;

namespace Coordinator.Grains.Tables;

/// <summary>The names that were found to be no tables in the last seconds, so that callers that repeat one do not search the catalog each
/// time. A miss keeps nothing else: its activation ends.</summary>
internal sealed class MissingTables(TimeProvider clock)
{
    /// <summary>How long a miss is remembered. A table that is created meanwhile is found after this time at the latest.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(2);

    private const int MaxNames = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TableName, (RowError Reason, long At)> _names = [];

    /// <summary>Why the name is no table, if that was found in the last seconds; else null.</summary>
    public RowError? Find(TableName table)
    {
        lock (_gate) return _names.TryGetValue(table, out var miss) && clock.GetElapsedTime(miss.At) < RememberedFor ? miss.Reason : null;
    }

    /// <summary>Remembers a miss.</summary>
    public void Add(TableName table, RowError reason)
    {
        lock (_gate)
        {
            // A forgotten miss costs a search of the catalog.
            if (_names.Count >= MaxNames) _names.Clear();
            _names[table] = (reason, clock.GetTimestamp());
        }
    }
}
