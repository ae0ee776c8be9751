using System.Collections.Concurrent;
using Coordinator.Laboratory.Chaos.Faults;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Laboratory.Chaos.Planning;
using Coordinator.Laboratory.Chaos.Staging;
using Coordinator.Laboratory.Cluster;
using Coordinator.Simulation.Histories;
using Coordinator.TestServers;

namespace Coordinator.Laboratory.Chaos;

/// <summary>One run: a cluster, callers, the faults of the schedule, and the judgement of what happened.</summary>
internal sealed class ChaosRun(ChaosSettings settings, Action<string> report, CancellationToken ct)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly ConcurrentQueue<LostMemory> _lost = [];
    private readonly ConcurrentQueue<StruckFault> _struck = [];
    private readonly ConcurrentQueue<Finding> _troubles = [];

    /// <summary>Runs it. A cluster that does not start, for instance on a starved machine, is a finding: other runs go on.</summary>
    public async Task<ChaosReport> RunAsync()
    {
        try
        {
            return await RunOnceAsync();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return new ChaosReport(settings, new History(), [.. _troubles, new Finding(FindingKind.Trouble, failure.Message.Split('\n')[0])]);
        }
    }

    private async Task<ChaosReport> RunOnceAsync()
    {
        await using var cluster = await LabCluster.StartAsync(settings.Lab);
        // Of the last table that inserts write.
        await using var disk = await SmallDisk.StartAsync(cluster.Warehouse, settings.Lab.TableNames[^2]);
        await using var client = new ClientNode(new Dictionary<string, string?>(cluster.ClientSettings)
        {
            ["Coordinator:Http:RowsTimeout"] = "00:00:15",
        });
        await client.StartAsync();
        await using var clients = await LabClients.ConnectAsync(cluster.ClientSettings, settings.Lab.Clients);
        await using var keeper = new Keeper(cluster.Nodes, client, report, _clock);
        using var http = new HttpDoor(() => client.Url);
        var log = new CallLog(_clock);
        var watch = new MetricsWatch(cluster, _clock);
        using var over = new CancellationTokenSource();
        var watching = watch.RunAsync(over.Token);
        await using var load = new ChaosLoad([.. clients.All], http, settings.Lab.TableNames, log, settings.Seed, _clock);
        await MoveAsync(log, _clock.GetUtcNow());

        await StrikeAsync(watch, plan => new ChaosScene
        {
            Cluster = cluster,
            Keeper = keeper,
            Client = client,
            Disk = disk,
            Administrator = new Administrator(cluster),
            Log = log,
            Http = http,
            Sdk = new SdkDoor(clients.All.First()),
            Lost = _lost,
            Clock = _clock,
            Ct = ct,
            Silo = cluster.Nodes[plan.Silo],
            Table = settings.Lab.TableNames[plan.Table],
            Random = new Random(plan.Seed),
            Length = plan.Length,
        });
        await keeper.AllUpAsync(ct);
        var ended = _clock.GetUtcNow();
        report("all causes have ended");
        await TryMoveAsync(log, ended);
        await over.CancelAsync();
        await watching;
        await load.StopAsync();
        report("tables and ledgers are read");
        var history = await new HistoryReader(cluster, log, _struck, watch, [.. _lost], ended).ReadAsync(ct);
        IReadOnlyList<Finding> findings = [.. HistoryChecker.Check(history), .. _troubles];
        if (findings.Count > 0 && settings.Logs is { } folder) await WriteAsync(cluster, history, Path.Combine(folder, $"seed-{settings.Seed}"));
        return new ChaosReport(settings, history, findings);
    }

    private static async Task WriteAsync(LabCluster cluster, History history, string folder)
    {
        await cluster.WriteLogsAsync(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "calls.txt"), history.Calls.OrderBy(static c => c.Begun).Select(static c =>
            $"{c.Begun:HH:mm:ss.fff} {c.Ended:HH:mm:ss.fff} {c.Table} {c.Source} {c.Id} {c.Answer} {c.Text}"));
    }

    private async Task StrikeAsync(MetricsWatch watch, Func<PlannedFault, ChaosScene> scene)
    {
        var began = _clock.GetTimestamp();
        await Task.WhenAll(settings.Schedule.Select(async plan =>
        {
            if (plan.At - _clock.GetElapsedTime(began) is { Ticks: > 0 } rest) await Task.Delay(rest, _clock, ct);
            await StrikeAsync(watch, plan, scene(plan));
        }));
    }

    private async Task StrikeAsync(MetricsWatch watch, PlannedFault plan, ChaosScene scene)
    {
        report($"strikes: {plan}");
        var at = _clock.GetUtcNow();
        if (plan.Fault.StopsWrites) watch.Begin();
        try
        {
            await plan.Fault.StrikeAsync(scene);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            _troubles.Enqueue(new Finding(FindingKind.Trouble, $"{plan}: {failure.GetType().Name}: {failure.Message.Split('\n')[0]}"));
        }
        finally
        {
            if (plan.Fault.StopsWrites) watch.End();
            _struck.Enqueue(new StruckFault(plan, at, _clock.GetUtcNow()));
        }

        report($"is over: {plan.Fault.Name}");
    }

    private Task MoveAsync(CallLog log, DateTimeOffset since) => Eventually.TrueAsync(
        "every table has a receipt", () => log.HaveMoved(settings.Lab.TableNames, since), Limit, ct);

    private async Task TryMoveAsync(CallLog log, DateTimeOffset since)
    {
        try
        {
            await MoveAsync(log, since);
        }
        catch (TimeoutException)
        {
            // The check of stalls tells which table it was.
        }
    }
}
