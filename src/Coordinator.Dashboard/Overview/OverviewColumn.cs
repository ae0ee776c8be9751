namespace Coordinator.Dashboard.Overview;

/// <summary>A column by which the list can be ordered.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Key">What is compared.</param>
/// <param name="IsText">True if small comes first, as in names.</param>
/// <param name="IsNumber">True if it stands on the right.</param>
public sealed record OverviewColumn(string Title, Func<OverviewRow, IComparable> Key, bool IsText = false, bool IsNumber = false)
{
    /// <summary>What the list is ordered by at first.</summary>
    public static readonly OverviewColumn Contention = new("Contention", static r => r.Now.ContentionMilliseconds);

    /// <summary>All of them, from left to right.</summary>
    public static readonly IReadOnlyList<OverviewColumn> All =
    [
        new("Table", static r => r.Name, IsText: true),
        Contention,
        new("Holder", static r => r.Now.Holder?.SinceMilliseconds ?? -1),
        new("Waiters", static r => r.Now.QueueDepth),
        new("Oldest wait", static r => r.Now.OldestWaitMilliseconds, IsNumber: true),
        new("Lock", static r => r.Now.Lock.State, IsText: true),
        new("Rows/s", static r => r.Rates.Rows ?? -1, IsNumber: true),
        new("Conflicts", static r => r.Now.Counts.Conflicts, IsNumber: true),
        new("Overlaps", static r => r.Now.Counts.Overlaps, IsNumber: true),
        new("What to change", static r => r.Now.Advice.Count),
    ];
}
