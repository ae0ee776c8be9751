using Coordinator.Laboratory.Cluster;
using Coordinator.Laboratory.Evidence;
using Coordinator.Laboratory.Load;

namespace Coordinator.Laboratory.Holes;

/// <summary>Drops packets between running silos and others, and measures how soon every table is written again.</summary>
internal sealed class HoleRun(HoleKind hole, TimeSpan length, Action<string> report)
{
    private const int GatewayPort = 30000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TimeProvider _clock = TimeProvider.System;

    public async Task<HoleReport> RunAsync(CancellationToken ct)
    {
        var settings = new LabSettings { Lock = LockMode.Proceed, Silos = 2, Tables = 8, Clients = 1, TransactionTime = TimeSpan.Zero };
        await using var cluster = await LabCluster.StartAsync(settings);
        await using var clients = await LabClients.ConnectAsync(cluster.ClientSettings, settings.Clients);
        await using var load = new WriteLoad(clients.All, settings.TableNames, writers: 1, settings.Pace);
        await load.AllMoveAsync(Limit, ct);

        var port = hole == HoleKind.Warehouse ? cluster.Postgres.Port : GatewayPort;
        var nodes = hole == HoleKind.OneGateway ? cluster.Nodes.Take(1) : cluster.Nodes;
        var begun = _clock.GetTimestamp();
        foreach (var node in nodes) await node.Station.DropAsync(port);
        report($"{hole}: packets are dropped");
        double? during = null;
        if (hole == HoleKind.OneGateway)
        {
            await load.AllMoveAsync(Limit, ct);
            during = _clock.GetElapsedTime(begun).TotalSeconds;
        }

        if (length - _clock.GetElapsedTime(begun) is { Ticks: > 0 } rest) await Task.Delay(rest, _clock, ct);
        foreach (var node in nodes) await node.Station.PassAsync(port);
        report($"{hole}: packets pass again");
        var ended = _clock.GetTimestamp();
        await load.AllMoveAsync(Limit, ct);
        var after = _clock.GetElapsedTime(ended).TotalSeconds;
        await load.StopAsync();
        return new HoleReport(hole, length.TotalSeconds, during, after, await RowCheck.RunAsync(cluster.Warehouse, load.Tables), load.Failures);
    }
}
