using Coordinator.Contention;
using Coordinator.Tables;

namespace Coordinator.Dashboard.Live;

/// <summary>The rates of all tables together and of each that is shown.</summary>
public sealed class Rates
{
    private Dictionary<TableName, RateWindow> _tables = [];

    /// <summary>All tables together.</summary>
    public RateWindow Totals { get; } = new();

    /// <summary>One table.</summary>
    public RateWindow Of(TableName table) => _tables.TryGetValue(table, out var window) ? window : new RateWindow();

    /// <summary>Adds a reading. Tables that are not in it are removed.</summary>
    public void Add(ContentionOverview overview)
    {
        Totals.Add(overview.At, overview.Totals);
        Add(overview.At, overview.Tables);
    }

    /// <summary>Adds a reading of some tables. Other tables are removed.</summary>
    public void Add(DateTimeOffset at, IEnumerable<TableContention> tables)
    {
        var windows = new Dictionary<TableName, RateWindow>();
        foreach (var table in tables)
        {
            var window = Of(table.Table);
            window.Add(at, table.Counts);
            windows[table.Table] = window;
        }

        _tables = windows;
    }
}
