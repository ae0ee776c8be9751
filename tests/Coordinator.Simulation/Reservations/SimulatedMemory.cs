using Coordinator.Core.Reservations;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>The memory of holders as a process reaches it: a round trip away, and not always.</summary>
internal sealed class SimulatedMemory(World world, Network network, Process process, Dictionary<TableName, (string Text, long EndsAt)> store, bool forgets) : IReservationMemory
{
    // What one process sends arrives in order.
    private long _arrival;

    public async ValueTask<IReadOnlyList<RememberedHold>?> ReadAsync(TableName table, CancellationToken cancellationToken)
    {
        var text = await AskAsync(() => store.TryGetValue(table, out var found) && found.EndsAt > world.Now ? found.Text : "");
        return text is null ? null : text == "" || forgets ? [] : RememberedHold.TryParse(text);
    }

    public async ValueTask<bool> WriteAsync(TableName table, IReadOnlyList<RememberedHold> holds, TimeSpan life, CancellationToken cancellationToken)
    {
        var text = RememberedHold.Format(holds);
        return await AskAsync(() =>
        {
            store[table] = (text, world.Now + life.Ticks);
            return text;
        }) is not null;
    }

    /// <summary>The memory never fails here: what a failure costs is a fresh start, and who is let in meanwhile is the ledger's to notice.</summary>
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
