using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Core.Queueing;

/// <summary>A table's reservations beyond the life of one activation: the holders are read once, before the first grant, and written before each
/// grant is answered and after every change.</summary>
/// <param name="table">The table.</param>
/// <param name="queue">Its queue.</param>
/// <param name="memory">The holders' memory. Writes must arrive in their order.</param>
/// <param name="isGone">Whether the silo of a holder, by its address, is known to be gone.</param>
/// <param name="advance">Gives the table to the next entry; called after every change.</param>
/// <param name="stopping">Cancels the waits for the memory.</param>
public sealed class ReservationBook(
    TableName table, WriteQueue queue, IReservationMemory memory, Func<SiloId, bool> isGone, Action advance, CancellationToken stopping)
{
    private static readonly TimeSpan Forgetting = TimeSpan.FromSeconds(1);

    private Task? _restoring;
    private int _remembered;

    /// <summary>Set if the holders were restored before, and none is left: this book follows one that <see cref="IsBlank"/>.</summary>
    public bool IsRestored
    {
        init => _restoring = value ? Task.CompletedTask : null;
    }

    /// <summary>True if the holders are restored and none is remembered: a table without updates needs no book then.</summary>
    public bool IsBlank => _restoring is { IsCompletedSuccessfully: true } && _remembered == 0;

    /// <summary>Called when the holders cannot be read.</summary>
    public Action? OnNotRestored { get; init; }

    /// <summary>Called when the holders may not have been written.</summary>
    public Action? OnNotRemembered { get; init; }

    /// <summary>Completes when the predecessor's holders are restored; no entry may be admitted before. It starts at the first call: the lock is
    /// held here then, so the predecessor admits no more.</summary>
    public Task RestoredAsync()
    {
        // The state of a completed task is not kept for the life of the table.
        if (_restoring is { IsCompletedSuccessfully: true }) _restoring = Task.CompletedTask;
        if (_restoring is not null) return _restoring;
        _restoring = RestoreAsync();
        _ = AdvanceAfterAsync(_restoring);
        return _restoring;
    }

    /// <inheritdoc cref="ITableGrain.ReserveAsync"/>
    public async Task<ReserveResponse> ReserveAsync(ReserveRequest request, TimeSpan waited = default)
    {
        await RestoredAsync();
        var granting = queue.Reserve(request, waited);
        advance();
        if (!await granting) return new ReserveResponse(false, default);
        var grantor = queue.GrantorOf(request.Id);
        // The grant is answered only after it is remembered, as far as that is possible.
        await RememberAsync();
        return new ReserveResponse(true, grantor);
    }

    /// <inheritdoc cref="ITableGrain.ReleaseAsync"/>
    public async Task ReleaseAsync(IntentId id, HolderId holder)
    {
        await RestoredAsync();
        queue.Release(id, holder);
        advance();
        await RememberAsync();
    }

    /// <summary>Processes the passing of time (<see cref="WriteQueue.Tick"/>).</summary>
    /// <returns>The updates that held the table and were revoked.</returns>
    public async Task<IReadOnlyList<ReservationEntry>> TickAsync()
    {
        var revoked = queue.Tick(isGone);
        // A successor must not restore them after others were admitted.
        if (revoked.Count > 0) await RememberAsync();
        advance();
        return revoked;
    }

    private async Task RestoreAsync()
    {
        if (await memory.ReadAsync(table, stopping) is { } reservations)
        {
            // The predecessor may have admitted others after the end of a silo.
            queue.Restore(reservations.Where(reservation => !isGone(reservation.Holder.Silo)));
            _remembered = reservations.Count;
        }
        else
        {
            OnNotRestored?.Invoke();
        }
    }

    /// <summary>Advances entries that were queued in the meantime. It does not run before the restore task is complete, because until then the
    /// caller admits no entry.</summary>
    private async Task AdvanceAfterAsync(Task restoring)
    {
        await restoring.ConfigureAwait(
            ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (restoring.IsCompletedSuccessfully) advance();
    }

    private async Task RememberAsync()
    {
        var reservations = queue.Holders.Select(static h => h.ToRemembered()).ToList();
        if (reservations.Count == 0 && _remembered == 0) return;
        _remembered = reservations.Count;
        var life = reservations.Count == 0 ? Forgetting : TimeSpan.FromSeconds(Math.Ceiling(reservations.Max(static h => h.Lease).TotalSeconds));
        if (!await memory.WriteAsync(table, reservations, life, stopping)) OnNotRemembered?.Invoke();
    }
}
