using Coordinator.Core.Reservations;
using Coordinator.Grains;
using Coordinator.Intents;
using Coordinator.Tables;

namespace Coordinator.Simulation.Reservations;

/// <summary>The tables' grains as one process calls them.</summary>
internal sealed class ProcessTurns(Cluster cluster, Process process) : ITableTurns
{
    public Task<ReserveResponse> ReserveAsync(TableName table, ReserveRequest request) =>
        cluster.CallAsync(process, table, a => a.ReserveAsync(request));

    public Task ReleaseAsync(TableName table, IntentId id, HolderId holder) => cluster.CallAsync(process, table, async a =>
    {
        await a.ReleaseAsync(id, holder);
        return true;
    });
}
