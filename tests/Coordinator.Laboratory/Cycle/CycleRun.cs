using Coordinator.Laboratory.Cluster;
using Coordinator.Laboratory.Cycle.Work;
using Coordinator.Laboratory.Evidence;

namespace Coordinator.Laboratory.Cycle;

/// <summary>Runs the workload, with and without the coordinator, and reads the results from ledgers, tables and logs.</summary>
internal sealed class CycleRun(CycleSettings settings, Action<string> report)
{
    private static readonly TimeSpan MostUncoordinated = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly CycleTables _tables = new(settings.Tables, "public", CycleDialect.Of(settings.Warehouse));
    private readonly CycleTables _plain = new(settings.Tables, "uncoordinated", CycleDialect.Of(settings.Warehouse));

    public async Task<CycleReport> RunAsync(CancellationToken ct)
    {
        await using var cluster = await LoopbackCluster.StartAsync(settings.Silos, _tables.Ddl + _plain.Ddl, settings.Warehouse);
        try
        {
            return await RunAsync(cluster, ct);
        }
        finally
        {
            if (settings.Logs is { } folder) await cluster.WriteLogsAsync(folder);
        }
    }

    private async Task<CycleReport> RunAsync(LoopbackCluster cluster, CancellationToken ct)
    {
        var uncoordinated = settings.Uncoordinated ? await RunUncoordinatedAsync(cluster, ct) : null;
        var violations = cluster.Warehouse.Redshift?.Violations ?? 0;
        var tally = new WorkTally(_tables, _clock);
        var strikes = new SiloStrikes(cluster, new Random(settings.Seed), report, _clock);
        var watch = new ContentionWatch(cluster.Nodes, _clock);
        var began = _clock.GetUtcNow();
        var host = await LabClient.ConnectAsync(cluster.ClientSettings);
        await using (((IAsyncDisposable)host).ConfigureAwait(false))
        {
            var workload = new Workload(settings, _tables, new SdkWriter(host.Coordinator(), _tables),
                new PairReader(cluster.Warehouse.Source, _tables), tally, _clock);
            await workload.TouchAsync();
            began = _clock.GetUtcNow();
            report($"the workload runs for {settings.Length.TotalSeconds:0} s");
            var work = workload.RunAsync(settings.Length, ct);
            await RunBesideAsync(work, watch.RunAsync, over => TellAsync(tally, over), settings.Faults ? strikes.RunAsync : static _ =>
                Task.CompletedTask);
            if (settings.HasIncrements) await workload.CountAllAsync();
        }

        report("the ledgers are read");
        return await CycleReport.ReadAsync(settings, cluster, _tables, tally, uncoordinated, strikes.Strikes, watch, violations, began);
    }

    /// <summary>Runs the rest as long as the work runs. The first failure ends everything.</summary>
    private static async Task RunBesideAsync(Task work, params Func<CancellationToken, Task>[] rest)
    {
        using var over = new CancellationTokenSource();
        var beside = Task.WhenAll(rest.Select(r => r(over.Token)));
        await await Task.WhenAny(work, beside);
        await work;
        await over.CancelAsync();
        await beside;
    }

    private async Task TellAsync(WorkTally tally, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(Telling, _clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            report($"{_clock.GetUtcNow():HH:mm:ss} {tally.Inserts.Committed} inserts, {tally.Runs.Committed} runs, {tally.Reads.Committed} reads");
            foreach (var slow in tally.Slow(Telling)) report("  under way: " + slow);
        }
    }

    private async Task<OperationFigures> RunUncoordinatedAsync(LoopbackCluster cluster, CancellationToken ct)
    {
        var length = settings.Length < MostUncoordinated ? settings.Length : MostUncoordinated;
        report($"uncoordinated, for {length.TotalSeconds:0} s");
        var tally = new WorkTally(_plain, _clock);
        var warehouse = cluster.Warehouse.Source;
        var workload = new Workload(settings, _plain, new DirectWriter(warehouse, _plain), new PairReader(warehouse, _plain), tally, _clock);
        await workload.RunAsync(length, ct);
        if (settings.HasIncrements) await workload.CountAllAsync();
        return await OperationFigures.ReadAsync(settings, cluster.Evidence, _plain, tally);
    }
}
