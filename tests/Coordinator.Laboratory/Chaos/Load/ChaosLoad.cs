using Coordinator.Client;

namespace Coordinator.Laboratory.Chaos.Load;

/// <summary>All callers: of every door a writer for every table, and an updater of the last table.</summary>
internal sealed class ChaosLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Task _work;

    public ChaosLoad(
        IReadOnlyList<ICoordinatorClient> clients, HttpDoor http, IReadOnlyList<string> tables, CallLog log, int seed, TimeProvider clock)
    {
        IDoor[] doors = [.. clients.Select(static client => new SdkDoor(client)), http];
        var writers =
            from table in tables.SkipLast(1)
            from door in doors.Index()
            let source = FormattableString.Invariant($"{door.Item.Name}{door.Index}")
            select new ChaosWriter(door.Item, table, source, log, new Random(HashCode.Combine(seed, door.Index)), clock).RunAsync(_over.Token);
        var updater = new ChaosUpdater(clients[0], tables[^1], tables[0], log, clock);
        _work = Task.WhenAll([.. writers, updater.RunAsync(_over.Token)]);
    }

    /// <summary>Waits for the calls under way, and sends no more.</summary>
    public async Task StopAsync()
    {
        await _over.CancelAsync();
        await _work;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _over.Dispose();
    }
}
