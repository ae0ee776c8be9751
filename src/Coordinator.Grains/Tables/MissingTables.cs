using Coordinator.Tables;

namespace Coordinator.Grains.Tables;

/// <summary>The names that were found to be no tables a moment ago, so that callers that repeat one do not search the catalog each time. A miss
/// keeps nothing else: its activation ends.</summary>
internal sealed class MissingTables(TimeProvider clock)
{
    /// <summary>The time between two searches for one name.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const int MaxNames = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TableName, long> _names = [];

    /// <summary>How long to wait before the catalog is searched for the name again; zero or less if it may be now.</summary>
    public TimeSpan Left(TableName table)
    {
        lock (_gate) return _names.TryGetValue(table, out var at) ? Pause - clock.GetElapsedTime(at) : TimeSpan.Zero;
    }

    /// <summary>Remembers a miss.</summary>
    public void Add(TableName table)
    {
        lock (_gate)
        {
            // A forgotten miss costs a search of the catalog.
            if (_names.Count >= MaxNames) _names.Clear();
            _names[table] = clock.GetTimestamp();
        }
    }
}
