namespace Coordinator.Dashboard.Overview;

/// <summary>How the list is ordered.</summary>
/// <param name="Column">By what.</param>
/// <param name="IsAscending">Small ones first.</param>
public sealed record OverviewOrder(OverviewColumn Column, bool IsAscending)
{
    /// <summary>The most contended first.</summary>
    public static readonly OverviewOrder Default = new(OverviewColumn.Contention, IsAscending: false);

    /// <summary>By another column, its usual way; by the same one, the other way.</summary>
    public OverviewOrder By(OverviewColumn column) => column == Column ? this with { IsAscending = !IsAscending } : new(column, column.IsText);

    /// <summary>Orders rows; those that are equal as the silos rank them, so that they stay where they are.</summary>
    public IEnumerable<OverviewRow> Apply(IEnumerable<OverviewRow> rows)
    {
        var comparer = Comparer<IComparable>.Create(static (a, b) => a is string s ? string.CompareOrdinal(s, (string)b) : a.CompareTo(b));
        var ordered = IsAscending ? rows.OrderBy(Column.Key, comparer) : rows.OrderByDescending(Column.Key, comparer);
        return ordered.ThenByDescending(static r => r.Now.ContentionMilliseconds).ThenByDescending(static r => r.Now.OldestWaitMilliseconds).ThenBy(static r => r.Name, StringComparer.Ordinal);
    }
}
