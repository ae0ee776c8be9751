using Coordinator.Tables;

namespace Coordinator.Core.Reservations;

/// <summary>
/// Where a table's holders are remembered beyond the activation that let them in, so that the next one honours them. What is forgotten there costs an update a fresh
/// start and no write: an update asks the table before it commits.
/// </summary>
public interface IReservationMemory
{
    /// <summary>Who held the table last; none if nothing is remembered. Null if that is not to be learned now.</summary>
    ValueTask<IReadOnlyList<RememberedHold>?> ReadAsync(TableName table, CancellationToken cancellationToken);

    /// <summary>Remembers who holds the table from now on, in place of what was remembered before. False if that may have failed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="holds">All who hold it; may be none.</param>
    /// <param name="life">How long they are worth remembering: whole seconds.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    ValueTask<bool> WriteAsync(TableName table, IReadOnlyList<RememberedHold> holds, TimeSpan life, CancellationToken cancellationToken);
}
