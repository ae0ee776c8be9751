using System.Collections.Concurrent;
using Coordinator.Contention;

namespace Coordinator.Grains.Contention;

/// <summary>The figures of the table activations in this process.</summary>
internal sealed class ContentionRegistry
{
    private readonly ConcurrentDictionary<TableFigures, byte> _tables = new(ReferenceEqualityComparer.Instance);

    public void Add(TableFigures figures) => _tables.TryAdd(figures, 0);

    public void Remove(TableFigures figures) => _tables.TryRemove(figures, out _);

    public IReadOnlyList<TableContention> Read() => [.. _tables.Keys.OrderBy(static t => t.Table).Select(static t => t.Read())];
}
