using Coordinator.Core.Ledger;
using Coordinator.Laboratory.Chaos.Load;
using Coordinator.Laboratory.Chaos.Staging;
using Coordinator.Laboratory.Cluster;
using Coordinator.Simulation.Histories;
using Coordinator.Tables;

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
        foreach (var table in cluster.Settings.TableNames)
            tables.Add(new StoredTable(table, await RowsAsync(table, ct), await LedgerAsync(table, ct)));
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

    private async Task<IReadOnlyList<StoredRow>> RowsAsync(string table, CancellationToken ct)
    {
        await using var source = new Administrator(cluster).Source;
        await using var command = source.CreateCommand($"SELECT id, {ChaosRow.ValueSql} FROM {table}");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(ct)) rows.Add(new StoredRow(reader.GetInt64(0), reader.GetString(1)));
        return rows;
    }

    private async Task<IReadOnlyList<StoredRange>> LedgerAsync(string table, CancellationToken ct)
    {
        await using var source = new Administrator(cluster).Source;
        await using var command = source.CreateCommand($"""
            SELECT origin, first_sequence, last_sequence, batch_id, activation, started_at, ended_at
            FROM {LedgerNames.Ledger(TableName.Parse(table))} WHERE first_sequence >= 0
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ranges = new List<StoredRange>();
        while (await reader.ReadAsync(ct))
        {
            ranges.Add(new StoredRange(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetGuid(3), reader.GetString(4),
                reader.GetDateTime(5), reader.GetDateTime(6)));
        }

        return ranges;
    }
}
