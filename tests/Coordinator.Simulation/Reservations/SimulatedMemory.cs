using Coordinator.Core.Reservations;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>The holders' memory as a process accesses it: with a round trip, and not always reachable.</summary>
internal sealed class SimulatedMemory(World world, Network network, Process process, Dictionary<TableName, (string Text, long EndsAt)> store,
    bool forgets) : IReservationMemory
{
    // Messages of one process arrive in order.
    private long _arrival;

    public async ValueTask<IReadOnlyList<RememberedReservation>?> ReadAsync(TableName table, CancellationToken cancellationToken)
    {
        var text = await AskAsync(() => store.TryGetValue(table, out var found) && found.EndsAt > world.Now ? found.Text : "");
        return text is null ? null : text == "" || forgets ? [] : RememberedReservation.TryParse(text);
    }

    public async ValueTask<bool> WriteAsync(
        TableName table, IReadOnlyList<RememberedReservation> reservations, TimeSpan life, CancellationToken cancellationToken)
    {
        var text = RememberedReservation.Format(reservations);
        return await AskAsync(() =>
        {
            store[table] = (text, world.Now + life.Ticks);
            return text;
        }) is not null;
    }

    /// <summary>The memory never fails here. A failure only costs a fresh start, and the ledger detects what is admitted in between.</summary>
    private Task<string?> AskAsync(Func<string> act)
    {
        var answer = new TaskCompletionSource<string?>();
        _arrival = Math.Max(_arrival, world.Now + network.ShortLatency().Ticks);
        world.At(_arrival, () =>
        {
            var text = act();
            world.After(network.ShortLatency(), () => process.Run(() => answer.SetResult(text)));
        });
        return answer.Task;
    }
}
