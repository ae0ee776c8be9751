using Coordinator.Tables;

namespace Coordinator.Core.Reservations;

/// <summary>Remembers a table's holders beyond the activation that admitted them, so that the next activation honours them. If it forgets a
/// holder, an update must restart, but no write is lost: an update asks the table before it commits.</summary>
public interface IReservationMemory
{
    /// <summary>The last holders of the table; empty if nothing is remembered, null if the memory is unreachable.</summary>
    ValueTask<IReadOnlyList<RememberedReservation>?> ReadAsync(TableName table, CancellationToken cancellationToken);

    /// <summary>Replaces the holders of the table. False if that may have failed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="reservations">All holders; may be empty.</param>
    /// <param name="life">How long to remember them: whole seconds.</param>
    /// <param name="cancellationToken">Cancels the wait for the answer.</param>
    ValueTask<bool> WriteAsync(
        TableName table, IReadOnlyList<RememberedReservation> reservations, TimeSpan life, CancellationToken cancellationToken);
}
