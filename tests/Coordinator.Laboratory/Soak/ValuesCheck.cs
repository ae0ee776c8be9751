using Coordinator.Laboratory.Chaos;
using Coordinator.Laboratory.Soak.Callers;
using Coordinator.Simulation.Histories;
using Npgsql;

namespace Coordinator.Laboratory.Soak;

/// <summary>Compares what callers heard with what tables and ledgers have, a table after the other.</summary>
internal static class ValuesCheck
{
    public static async Task<IReadOnlyList<Finding>> FindAsync(SoakStage stage, IReadOnlyList<string> tables, CancellationToken ct)
    {
        var source = stage.Cluster.Evidence;
        var findings = new List<Finding>();
        foreach (var table in tables)
        {
            var stored = await StoredTableReader.ReadAsync(source, table, ct);
            findings.AddRange(HistoryChecker.Check(new History { Calls = [.. CallFiles.Read(stage.Calls, table)], Tables = [stored] }));
        }

        findings.AddRange(HistoryChecker.Check(new History { Calls = [.. CallFiles.ReadOthers(stage.Calls)] }));
        findings.AddRange(await FindTicksAsync(source, ct));
        return findings;
    }

    /// <summary>A scheduled tick runs once.</summary>
    private static async Task<IReadOnlyList<Finding>> FindTicksAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"SELECT count(*) - count(DISTINCT at) FROM {SoakStage.JobTable}");
        var doubled = (long)(await command.ExecuteScalarAsync(ct))!;
        return doubled == 0 ? [] : [new Finding(FindingKind.Doubled, $"{doubled} ticks of the job are there more than once")];
    }
}
