namespace Coordinator.Dashboard.Overview;

/// <summary>The sort order of the list.</summary>
/// <param name="Column">The sort column.</param>
/// <param name="IsAscending">True for smallest first.</param>
public sealed record OverviewOrder(OverviewColumn Column, bool IsAscending)
{
    /// <summary>The most contended first.</summary>
    public static readonly OverviewOrder Default = new(OverviewColumn.Contention, IsAscending: false);

    /// <summary>Sorts by another column in its default direction, or reverses the direction of the same column.</summary>
    public OverviewOrder By(OverviewColumn column) => column == Column ? this with { IsAscending = !IsAscending } : new(column, column.IsText);

    /// <summary>Sorts rows. Equal rows keep the silos' ranking, so that they do not jump.</summary>
    public IEnumerable<OverviewRow> Apply(IEnumerable<OverviewRow> rows)
    {
        var comparer = Comparer<IComparable>.Create(static (a, b) => a is string s ? string.CompareOrdinal(s, (string)b) : a.CompareTo(b));
        var ordered = IsAscending ? rows.OrderBy(Column.Key, comparer) : rows.OrderByDescending(Column.Key, comparer);
        return ordered.ThenByDescending(static r => r.Now.ContentionMilliseconds).ThenByDescending(static r => r.Now.OldestWaitMilliseconds)
            .ThenBy(static r => r.Name, StringComparer.Ordinal);
    }
}
