using System.Globalization;
using Coordinator.Laboratory.Cluster;
using Coordinator.Laboratory.Evidence;
using Coordinator.Laboratory.Faults;
using Coordinator.Laboratory.Load;
using Coordinator.Laboratory.Reports;

namespace Coordinator.Laboratory;

/// <summary>Applies a fault to a cluster under load several times, and reads the results from the ledgers and logs.</summary>
internal sealed class Experiment(LabCluster cluster, WriteLoad load, Random random, Action<string> report, CancellationToken ct)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(3);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Runs one fault several times in a new cluster.</summary>
    public static async Task<FaultResult> RunAsync(
        IFault fault, LabSettings settings, int runs, int seed, Action<string> report, CancellationToken ct)
    {
        await using var cluster = await LabCluster.StartAsync(settings);
        await using var clients = await LabClients.ConnectAsync(cluster.ClientSettings, settings.Clients);
        await using var load = new WriteLoad(clients.All, settings.TableNames, writers: 1, settings.Pace);
        var experiment = new Experiment(cluster, load, new Random(seed), report, ct);
        var results = new List<RunResult>();
        var seen = 0;
        for (var i = 1; i <= runs; i++)
        {
            var result = await experiment.RunOnceAsync(fault);
            results.Add(result);
            report(string.Create(
                CultureInfo.InvariantCulture,
                $"{fault.Name}, lock {settings.Lock}, run {i} of {runs}: {result.Duplicates} duplicates, {result.Overlaps} overlaps, "
                    + $"{result.Interleaved} interleaved, longest stall {result.StallMilliseconds / 1000:0.0} s, "
                    + $"{load.Failures.Count} failed intents"));
            foreach (var failure in load.Failures.Skip(seen)) report("  failed: " + failure);
            seen = load.Failures.Count;
        }

        await load.StopAsync();
        return new FaultResult(fault.Name, fault.Title, settings.Lock, settings.Directory, results,
            await RowCheck.RunAsync(cluster.Warehouse, load.Tables), load.Failures);
    }

    private async Task<RunResult> RunOnceAsync(IFault fault)
    {
        await SettleAsync();
        var scene = new Scene(cluster, random, ct);
        load.BeginWindow();
        var from = Now;
        await fault.StrikeAsync(scene);
        await load.AllMoveAsync(RecoveryLimit, ct);
        await scene.PauseAsync(Settling);
        var to = Now;
        var result = await ReadAsync(from, to);
        foreach (var node in scene.Harmed) await node.RestartAsync();
        return result;
    }

    /// <summary>Waits until every silo runs, every table has commits, and memcached is old enough to be trusted.</summary>
    private async Task SettleAsync()
    {
        foreach (var node in cluster.Nodes.Where(static n => !n.IsRunning))
        {
            report("a silo had ended by itself and is started again");
            await node.StartAsync();
        }

        await load.AllMoveAsync(RecoveryLimit, ct);
        await Task.Delay(Settling, TimeProvider.System, ct);
        await load.AllMoveAsync(RecoveryLimit, ct);
    }

    private async Task<RunResult> ReadAsync(DateTimeOffset from, DateTimeOffset to)
    {
        int overlaps = 0, interleaved = 0;
        foreach (var table in cluster.Settings.TableNames)
        {
            var transactions = await LedgerReader.ReadAsync(cluster.Warehouse, table, from, to);
            overlaps += LedgerReader.CountOverlaps(transactions);
            interleaved += LedgerReader.CountInterleaved(transactions);
        }

        var stopped = FenceLog.CountOverlaps(cluster.Postgres.Process, from, to);
        if (cluster.Settings.Lock != LockMode.Off && stopped > 0)
        {
            foreach (var line in FenceLog.Meetings(cluster.Postgres.Process, from, to)) report("  at a fence: " + line);
        }

        overlaps += stopped;
        var activations = ActivationLog.Read(cluster.Nodes.SelectMany(static n => n.Runs)).ToList();
        return new RunResult(ActivationLog.CountDuplicates(activations, from, to), overlaps, interleaved, load.LongestStall.TotalMilliseconds);
    }
}
