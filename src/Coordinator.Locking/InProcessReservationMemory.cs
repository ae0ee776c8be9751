using System.Collections.Concurrent;
using Coordinator.Core.Reservations;
using Coordinator.Tables;

namespace Coordinator.Locking;

/// <summary>Holders of tables within this process: for the embedded default, and for tests with several silos in one process.</summary>
public sealed class InProcessReservationMemory(TimeProvider clock) : IReservationMemory
{
    private readonly ConcurrentDictionary<TableName, (IReadOnlyList<RememberedHold> Holds, long Start, TimeSpan Life)> _tables = new();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RememberedHold>?> ReadAsync(TableName table, CancellationToken cancellationToken) =>
        new(_tables.TryGetValue(table, out var found) && clock.GetElapsedTime(found.Start) < found.Life ? found.Holds : []);

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(TableName table, IReadOnlyList<RememberedHold> holds, TimeSpan life, CancellationToken cancellationToken)
    {
        if (holds.Count == 0) _tables.TryRemove(table, out _);
        else _tables[table] = (holds, clock.GetTimestamp(), life);
        return new(true);
    }
}
