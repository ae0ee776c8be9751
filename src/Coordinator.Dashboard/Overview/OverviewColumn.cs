using Coordinator.Contention;

namespace Coordinator.Dashboard.Overview;

/// <summary>A column by which the list can be sorted.</summary>
/// <param name="Title">The displayed name.</param>
/// <param name="Key">The value for comparisons.</param>
/// <param name="IsText">True to sort ascending by default, as for names.</param>
/// <param name="IsNumber">True to align it to the right.</param>
public sealed record OverviewColumn(string Title, Func<OverviewRow, IComparable> Key, bool IsText = false, bool IsNumber = false)
{
    /// <summary>The initial sort column.</summary>
    public static readonly OverviewColumn Contention = new("Contention", static r => r.Now.ContentionMilliseconds);

    /// <summary>All columns, from left to right.</summary>
    public static readonly IReadOnlyList<OverviewColumn> All =
    [
        new("Table", static r => r.Name, IsText: true),
        Contention,
        new("Holder", static r => r.Now.Holder?.SinceMilliseconds ?? -1),
        new("Waiters", static r => r.Now.QueueDepth),
        new("Oldest wait", static r => r.Now.OldestWaitMilliseconds, IsNumber: true),
        new("Lock", static r => r.Now.Lock.State.ToText(), IsText: true),
        new("Rows/s", static r => r.Rates.Rows ?? -1, IsNumber: true),
        new("Conflicts", static r => r.Now.Counts.Conflicts, IsNumber: true),
        new("Overlaps", static r => r.Now.Counts.Overlaps, IsNumber: true),
        new("What to change", static r => r.Now.Advice.Count),
    ];
}
