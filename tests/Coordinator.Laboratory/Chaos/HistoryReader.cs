using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Laboratory.Chaos.Staging;
using Coordinator.Laboratory.Cluster;
using Coordinator.Simulation.Histories;

namespace Coordinator.Laboratory.Chaos;

/// <summary>Reads the history of a run from callers, tables, ledgers, logs and metrics.</summary>
internal sealed class HistoryReader(
    LabCluster cluster,
    CallLog log,
    IReadOnlyCollection<StruckFault> struck,
    MetricsWatch watch,
    IReadOnlyList<LostMemory> lost,
    DateTimeOffset ended)
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(10);

    // Beyond the TTL that a server without memory is in quarantine.
    private static readonly TimeSpan QuarantineMargin = TimeSpan.FromSeconds(5);

    public async Task<History> ReadAsync(CancellationToken ct)
    {
        var calls = log.Calls;
        var tables = new List<StoredTable>();
        await using var source = new Administrator(cluster).Source;
        foreach (var table in cluster.Settings.TableNames) tables.Add(await StoredTableReader.ReadAsync(source, table, ct));
        var told = new OutageEvidence(cluster.Nodes, watch.Samples, calls, struck);
        return new History
        {
            Calls = calls,
            Tables = tables,
            Lost = lost,
            Outages = [.. struck.Where(static s => s.Fault.StopsWrites).Select(told.Of).OfType<Outage>()],
            Recoveries = [.. cluster.Settings.TableNames.Select(t => RecoveryOf(t, calls))],
        };
    }

    private Recovery RecoveryOf(string table, IReadOnlyList<SentCall> calls)
    {
        var first = calls.Where(c => c.Table == table && c.Answer == CallAnswer.Committed && c.Ended > ended)
            .Select(static c => (DateTimeOffset?)c.Ended).Min();
        var limit = struck.Any(static s => s.Fault.ForgetsLocks) ? cluster.Settings.Ttl + QuarantineMargin : StallLimit;
        return new Recovery(table, first - ended, limit);
    }
}
