namespace Coordinator.Top;

/// <summary>The sort order of <c>top</c>: largest first, or with <see cref="Table"/> by name.</summary>
internal enum ContentionSort
{
    Contention,
    Wait,
    Depth,
    Hold,
    Rows,
    Intents,
    Conflicts,
    Retries,
    Overlaps,
    Rejected,
    Table,
}
