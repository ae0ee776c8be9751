using System.Collections.Concurrent;
using Coordinator.Core.Reservations;
using Coordinator.Tables;

namespace Coordinator.Locking;

/// <summary>Holders of tables within this process: for the embedded default, and for tests with several silos in one process.</summary>
public sealed class InProcessReservationMemory(TimeProvider clock) : IReservationMemory
{
    private readonly ConcurrentDictionary<TableName, (IReadOnlyList<RememberedReservation> Reservations, long Start, TimeSpan Life)> _tables = new();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RememberedReservation>?> ReadAsync(TableName table, CancellationToken cancellationToken) =>
        new(_tables.TryGetValue(table, out var found) && clock.GetElapsedTime(found.Start) < found.Life ? found.Reservations : []);

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(
        TableName table, IReadOnlyList<RememberedReservation> reservations, TimeSpan life, CancellationToken cancellationToken)
    {
        if (reservations.Count == 0) _tables.TryRemove(table, out _);
        else _tables[table] = (reservations, clock.GetTimestamp(), life);
        return new(true);
    }
}
