using Coordinator.Errors;

namespace Coordinator.Demo;

/// <summary>Runs both halves, one after the other, each with its own tables.</summary>
internal sealed class DemoRun(DemoSettings settings, DemoWarehouse warehouse, string run, IReadOnlyList<string> siloSettings, IDemoView view)
{
    private readonly DemoTables _before = new(run, "uncoordinated");
    private readonly DemoTables _after = new(run, "coordinated");
    private readonly List<string> _problems = [];

    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        // Every worker may be in a native call of DuckDB at once. The thread pool alone would grow to that number by two threads a second.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, settings.Inserters + settings.Updaters + settings.Readers + 16), ports);
        try
        {
            var uncoordinated = await UncoordinatedAsync(cancellationToken);
            var (coordinated, locks) = await CoordinatedAsync(cancellationToken);
            var exactlyOnce = _problems.Count == 0;
            if (coordinated.Conflicts > 0) _problems.Add($"coordinated: {coordinated.Conflicts} transactions failed by conflict, where none should");
            return new DemoReport
            {
                Uncoordinated = uncoordinated,
                Coordinated = coordinated,
                Lock = locks,
                ExactlyOnce = exactlyOnce,
                Problems = _problems,
                Warehouse = warehouse.Name,
                Seed = settings.Seed,
            };
        }
        finally
        {
            if (!settings.Keep) await DropAsync();
        }
    }

    private async Task<PhaseReport> UncoordinatedAsync(CancellationToken cancellationToken)
    {
        async Task<IDemoWriter> Open(string name) => new DirectSession(await warehouse.OpenAsync(cancellationToken), warehouse, _before);
        return PhaseReport.Uncoordinated(await HalfAsync("uncoordinated", _before, Open, cancellationToken));
    }

    private async Task<(PhaseReport Half, LockReport Locks)> CoordinatedAsync(CancellationToken cancellationToken)
    {
        await using var silo = await EmbeddedSilo.StartAsync(warehouse, siloSettings, cancellationToken);
        var client = silo.Client;
        var counts = default(TransactionCounts);
        Task<IDemoWriter> Open(string name) => Task.FromResult<IDemoWriter>(new CoordinatedWriter(client, _after, name));
        var tally = await HalfAsync("coordinated", _after, Open, cancellationToken, () => counts = silo.Transactions);
        await silo.StopAsync();
        return (PhaseReport.Coordinated(tally, counts), silo.Locks);
    }

    private async Task<Tally> HalfAsync(string half, DemoTables tables, Func<string, Task<IDemoWriter>> open, CancellationToken cancellationToken,
        Action? done = null)
    {
        await warehouse.ExecuteAsync(tables.Create, cancellationToken);
        var tally = new Tally();
        var workload = new Workload(settings, warehouse, tables, TimeProvider.System);
        await view.WatchAsync(half, tally, settings.Half, () => workload.RunAsync(open, tally, cancellationToken));
        // The counts are read here, because the verification's run of the job is not part of the workload.
        done?.Invoke();
        await using var last = await open("verification");
        _problems.AddRange(await Verification.RunAsync(warehouse, tables, half, tally.Acknowledged, last, cancellationToken));
        return tally;
    }

    private async Task DropAsync()
    {
        try
        {
            foreach (var tables in new[] { _before, _after }) await warehouse.ExecuteAsync(tables.Drop, CancellationToken.None);
            await warehouse.ExecuteAsync(DemoTables.DropSchema, CancellationToken.None);
        }
        catch (WarehouseUnavailableException)
        {
            // The warehouse is unavailable, which was reported, or the schema contains the tables of another run.
        }
    }
}
