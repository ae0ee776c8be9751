using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Queueing;

/// <summary>
/// A table's turns for updates, beyond one activation's life: who holds it is read once, before anybody is let in, and written before a grant is answered and at every change after.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="queue">Its queue.</param>
/// <param name="memory">The memory. What is written in one order arrives in it.</param>
/// <param name="isGone">Whether the silo of a holder, by its address, is known to be gone.</param>
/// <param name="advance">Gives the table to whoever is next; called after every change.</param>
/// <param name="stopping">Ends the waits for the memory.</param>
public sealed class ReservationBook(
    TableName table, WriteQueue queue, IReservationMemory memory, Func<string, bool> isGone, Action advance, CancellationToken stopping)
{
    private static readonly TimeSpan Forgetting = TimeSpan.FromSeconds(1);

    private Task? _restoring;
    private int _remembered;

    /// <summary>Told when it cannot be known who holds the table.</summary>
    public Action? OnNotRestored { get; init; }

    /// <summary>Told when who holds the table may not be remembered.</summary>
    public Action? OnNotRemembered { get; init; }

    /// <summary>
    /// Completes when those whom the predecessor let in have their places back; nobody may be let in before. It begins at the first call: when the lock is held here, so that the
    /// predecessor lets in no more.
    /// </summary>
    public Task RestoredAsync()
    {
        if (_restoring is not null) return _restoring;
        _restoring = RestoreAsync();
        _ = AdvanceAfterAsync(_restoring);
        return _restoring;
    }

    /// <inheritdoc cref="ITableGrain.ReserveAsync"/>
    public async Task<ReserveResponse> ReserveAsync(ReserveRequest request)
    {
        await RestoredAsync();
        var granting = queue.Reserve(request);
        advance();
        if (!await granting) return new ReserveResponse(false, "");
        var grantor = queue.GrantorOf(request.Id);
        // Nobody is told that it holds the table before that is remembered, as far as it can be.
        await RememberAsync();
        return new ReserveResponse(true, grantor);
    }

    /// <inheritdoc cref="ITableGrain.ReleaseAsync"/>
    public async Task ReleaseAsync(IntentId id, string holder)
    {
        await RestoredAsync();
        queue.Release(id, holder);
        advance();
        await RememberAsync();
    }

    /// <summary>What time alone brings (<see cref="WriteQueue.Tick"/>).</summary>
    /// <returns>The updates that held the table and were revoked.</returns>
    public async Task<IReadOnlyList<ReservationEntry>> TickAsync()
    {
        var revoked = queue.Tick(isGone);
        // A successor must not believe in them after others were let in.
        if (revoked.Count > 0) await RememberAsync();
        advance();
        return revoked;
    }

    private async Task RestoreAsync()
    {
        if (await memory.ReadAsync(table, stopping) is { } holds)
        {
            // The predecessor may have let others in after a silo that is gone.
            queue.Restore(holds.Where(hold => !isGone(hold.Holder.Silo)));
            _remembered = holds.Count;
        }
        else
        {
            OnNotRestored?.Invoke();
        }
    }

    /// <summary>What has queued meanwhile goes on from here: not before the restoring task is complete, for until then the caller lets no entry in.</summary>
    private async Task AdvanceAfterAsync(Task restoring)
    {
        await restoring.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (restoring.IsCompletedSuccessfully) advance();
    }

    private async Task RememberAsync()
    {
        var holds = queue.Holders.Select(static h => h.ToRemembered()).ToList();
        if (holds.Count == 0 && _remembered == 0) return;
        _remembered = holds.Count;
        var life = holds.Count == 0 ? Forgetting : TimeSpan.FromSeconds(Math.Ceiling(holds.Max(static h => h.Lease).TotalSeconds));
        if (!await memory.WriteAsync(table, holds, life, stopping)) OnNotRemembered?.Invoke();
    }
}
