namespace Coordinator.ClientHost.Contention;

/// <summary>What comes first in <c>top</c>: the most of it, or with <see cref="Table"/> the first by name.</summary>
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
