using Coordinator.Core.Reservations;
using Coordinator.Tables;

namespace Coordinator.Core.Queueing;

/// <summary>Keeps the memory of a table's holders: read once when an activation has its lock, written before a grant is answered and at every change after.</summary>
/// <param name="table">The table.</param>
/// <param name="queue">Its queue. Nobody is let in before <see cref="RestoreAsync"/> has ended.</param>
/// <param name="memory">The memory. What is written in one order arrives in it.</param>
public sealed class ReservationBook(TableName table, WriteQueue queue, IReservationMemory memory)
{
    private static readonly TimeSpan Forgetting = TimeSpan.FromSeconds(1);

    private int _remembered;

    /// <summary>Gives those whom the predecessor let in their places back. False if it is not known who they are.</summary>
    /// <param name="isGone">Whether the silo of a holder is known to be gone: the predecessor may have let others in after it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> RestoreAsync(Func<string, bool> isGone, CancellationToken cancellationToken)
    {
        var holds = await memory.ReadAsync(table, cancellationToken);
        if (holds is null) return false;
        queue.Restore(holds.Where(hold => !isGone(hold.Holder.Silo)));
        _remembered = holds.Count;
        return true;
    }

    /// <summary>Remembers who holds the table now. False if that may have failed.</summary>
    public ValueTask<bool> RememberAsync(CancellationToken cancellationToken)
    {
        var holds = queue.Holders.Select(static h => h.ToRemembered()).ToList();
        if (holds.Count == 0 && _remembered == 0) return new(true);
        _remembered = holds.Count;
        var life = holds.Count == 0 ? Forgetting : TimeSpan.FromSeconds(Math.Ceiling(holds.Max(static h => h.Lease).TotalSeconds));
        return memory.WriteAsync(table, holds, life, cancellationToken);
    }
}
